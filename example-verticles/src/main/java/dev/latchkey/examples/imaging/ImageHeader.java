// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

/** What a picture claims to be, read before anything is decoded. */
record ImageHeader(ImageFormat format, int width, int height) {

    /** A claim of more pixels than this is not put to the test. */
    static final long MAX_PIXELS = 40_000_000;

    /** One row of a picture is decoded whole, so a single side is bounded too. */
    static final int MAX_SIDE = 20_000;

    static ImageHeader read(byte[] encoded) {
        ImageFormat format =
                ImageFormat.detect(encoded).orElseThrow(() -> new UnreadableImageException("neither JPEG nor PNG"));
        return ImageDecoder.read(
                format, encoded, reader -> new ImageHeader(format, reader.getWidth(0), reader.getHeight(0)));
    }

    boolean isTooLarge() {
        return (long) width * height > MAX_PIXELS || Math.max(width, height) > MAX_SIDE;
    }
}
