package org.languagetool.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * Lets in whoever shows the key, and takes several texts at once.
 *
 * <p>A request to {@link #EACH} has LanguageTool's parameters for one text on each line, and gets its
 * answer for one on each line, as if they had been asked about one after another. When a text gets
 * none, the whole request gets what that one did.
 */
final class Door implements HttpHandler {
    static final String EACH = "/v2/each", HEALTH = "/v2/healthcheck";

    private static final int OK = 200, FORBIDDEN = 403;

    private final HttpHandler inside;
    private final byte[] key;

    Door(HttpHandler inside, String key) {
        this.inside = inside;
        this.key = key.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (!path.equals(HEALTH) && !showsKey(exchange)) {
            answer(exchange, FORBIDDEN, "not for you".getBytes(StandardCharsets.UTF_8));
        } else if (path.equals(EACH)) {
            answerEach(exchange);
        } else {
            inside.handle(exchange);
        }
    }

    private boolean showsKey(HttpExchange exchange) {
        String header = LanguageToolHttpHandler.REQUEST_LIMIT_ACCESS_TOKEN_HEADER;
        String shown = exchange.getRequestHeaders().getFirst(header);
        return shown != null && MessageDigest.isEqual(shown.getBytes(StandardCharsets.UTF_8), key);
    }

    private void answerEach(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        ByteArrayOutputStream answers = new ByteArrayOutputStream();
        for (String line : new String(body, StandardCharsets.UTF_8).split("\n")) {
            Part part = new Part(exchange, line);
            inside.handle(part);
            if (part.getResponseCode() != OK) {
                answer(exchange, part.getResponseCode(), part.answer());
                return;
            }
            answers.write(part.answer());
            answers.write('\n'); // which JSON has only between its parts, and this one has not
        }
        answer(exchange, OK, answers.toByteArray());
    }

    private static void answer(HttpExchange exchange, int code, byte[] body) throws IOException {
        try (exchange) {
            exchange.sendResponseHeaders(code, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
