// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

/** Bytes that are no picture the demo can read. The reason never repeats what the bytes say. */
public final class UnreadableImageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates a refusal.
     *
     * @param reason a few words, fit for a reply
     */
    public UnreadableImageException(String reason) {
        super(reason);
    }

    /**
     * Creates a refusal.
     *
     * @param reason a few words, fit for a reply
     * @param cause what the decoder said, for the log
     */
    public UnreadableImageException(String reason, Throwable cause) {
        super(reason, cause);
    }

    /**
     * The reason, to be shown.
     *
     * @return the same as the message, and never null
     */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
