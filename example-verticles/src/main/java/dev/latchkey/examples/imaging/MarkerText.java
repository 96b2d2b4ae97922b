// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Writes a text into a picture, byte for byte: into a {@code tEXt} chunk of a PNG or a comment segment of a JPEG. No
 * pixel changes. Whoever sees the text on a wire has seen the picture.
 */
final class MarkerText {

    private static final int MAX_LENGTH = 1000;
    private static final byte[] KEYWORD = "Comment\0".getBytes(StandardCharsets.US_ASCII);
    private static final short COMMENT = (short) 0xFFFE;

    private final byte[] text;

    private MarkerText(byte[] text) {
        this.text = text;
    }

    static MarkerText of(String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || !text.chars().allMatch(c -> c >= ' ' && c <= '~')) {
            throw new IllegalArgumentException("the marker is no plain text; use 1 to 1000 printable ASCII characters");
        }
        return new MarkerText(text.getBytes(StandardCharsets.US_ASCII));
    }

    byte[] embed(byte[] encoded) {
        ImageFormat format = ImageFormat.detect(encoded).orElseThrow();
        return switch (format) {
            case PNG -> PngChunks.insert(encoded, PngChunks.chunk("tEXt", Bytes.concat(KEYWORD, text)));
            case JPEG -> Bytes.insert(encoded, behindFirstSegment(encoded), segment());
        };
    }

    /** JFIF wants its own segment to come first: two bytes of start marker, two of segment marker, then the length. */
    private static int behindFirstSegment(byte[] jpeg) {
        return 4 + Short.toUnsignedInt(ByteBuffer.wrap(jpeg).getShort(4));
    }

    private byte[] segment() {
        return ByteBuffer.allocate(4 + text.length)
                .putShort(COMMENT)
                .putShort((short) (2 + text.length))
                .put(text)
                .array();
    }
}
