package org.languagetool.tools;

/**
 * LanguageTool's text that stops a regular expression when its thread is interrupted.
 *
 * <p>It stands before LanguageTool's own on the class path, which asks at each letter whether it is.
 * That took a twenty-fifth of a check; this asks at the first and at every 256th, which is in time.
 */
public class InterruptibleCharSequence implements CharSequence {
    private static final int EVERY = 256;

    private final CharSequence inner;
    private int read;

    public InterruptibleCharSequence(CharSequence inner) {
        this.inner = inner;
    }

    @Override
    public char charAt(int index) {
        if (read++ % EVERY == 0 && Thread.interrupted()) {
            throw new RuntimeException(new InterruptedException());
        }
        return inner.charAt(index);
    }

    @Override
    public int length() {
        return inner.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return new InterruptibleCharSequence(inner.subSequence(start, end));
    }

    @Override
    public String toString() {
        return inner.toString();
    }
}
