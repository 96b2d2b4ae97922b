// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

/**
 * Looks at one picture. It keeps no state and takes milliseconds of CPU: call it on a worker, never on an event loop.
 */
public final class ImageAnalyzer {

    /** No larger file is looked at. */
    public static final int MAX_ENCODED_BYTES = 16 * 1024 * 1024;

    /** A thumbnail's longest side. */
    public static final int THUMBNAIL_SIDE = 96;

    private static final float THUMBNAIL_QUALITY = 0.85f;

    static {
        Headless.ensure();
    }

    private ImageAnalyzer() {}

    /**
     * Analyses a picture, its bounds first.
     *
     * @param encoded a file's bytes, from anyone
     * @return the facts; not {@code decoded} if the header claims more than 40 megapixels or a side above 20,000
     * @throws UnreadableImageException if the bytes are no JPEG or PNG, are damaged, or are too many
     */
    public static ImageFacts analyze(byte[] encoded) {
        checkSize(encoded.length);
        ImageHeader header = ImageHeader.read(encoded);
        return header.isTooLarge() ? ImageFacts.undecoded(header, encoded.length) : look(header, encoded);
    }

    private static void checkSize(int size) {
        if (size == 0) {
            throw new UnreadableImageException("empty");
        }
        if (size > MAX_ENCODED_BYTES) {
            throw new UnreadableImageException("larger than 16 MiB");
        }
    }

    private static ImageFacts look(ImageHeader header, byte[] encoded) {
        Bitmap bitmap = ImageDecoder.decode(header, encoded);
        Bitmap small = AreaScaler.fit(bitmap, THUMBNAIL_SIDE);
        return new ImageFacts(
                header.format().label(),
                header.width(),
                header.height(),
                encoded.length,
                true,
                ImageEncoder.jpeg(small, THUMBNAIL_QUALITY),
                PerceptualHash.of(bitmap),
                Palette.of(small));
    }
}
