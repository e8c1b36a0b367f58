package org.languagetool.server;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpContext;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpPrincipal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** One text of a request for several: a request of its own, whose answer stays here. */
final class Part extends HttpExchange {
    private static final URI CHECK = URI.create("/v2/check");

    private final HttpExchange whole;
    private final InputStream parameters;
    private final Headers headers = new Headers();
    private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
    private int code = -1;

    Part(HttpExchange whole, String parameters) {
        this.whole = whole;
        this.parameters = new ByteArrayInputStream(parameters.getBytes(StandardCharsets.UTF_8));
    }

    byte[] answer() {
        return answer.toByteArray();
    }

    @Override
    public URI getRequestURI() {
        return CHECK;
    }

    @Override
    public InputStream getRequestBody() {
        return parameters;
    }

    @Override
    public OutputStream getResponseBody() {
        return answer;
    }

    @Override
    public Headers getResponseHeaders() {
        return headers;
    }

    @Override
    public void sendResponseHeaders(int code, long length) {
        this.code = code;
    }

    @Override
    public int getResponseCode() {
        return code;
    }

    @Override
    public void close() {} // the whole one is closed when all parts have their answers

    @Override
    public Headers getRequestHeaders() {
        return whole.getRequestHeaders();
    }

    @Override
    public String getRequestMethod() {
        return whole.getRequestMethod();
    }

    @Override
    public HttpContext getHttpContext() {
        return whole.getHttpContext();
    }

    @Override
    public InetSocketAddress getRemoteAddress() {
        return whole.getRemoteAddress();
    }

    @Override
    public InetSocketAddress getLocalAddress() {
        return whole.getLocalAddress();
    }

    @Override
    public String getProtocol() {
        return whole.getProtocol();
    }

    @Override
    public Object getAttribute(String name) {
        return whole.getAttribute(name);
    }

    @Override
    public void setAttribute(String name, Object value) {
        whole.setAttribute(name, value);
    }

    @Override
    public HttpPrincipal getPrincipal() {
        return whole.getPrincipal();
    }

    @Override
    public void setStreams(InputStream input, OutputStream output) {
        throw new UnsupportedOperationException();
    }
}
