// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * Makes up pictures for the demo: the same ones for the same seed.
 *
 * <p>Most are originals, JPEG and PNG in turn. In every ten there are one exact copy and one that is only brighter;
 * once there are a PNG whose few bytes claim 900 megapixels, and one that carries far more bytes than its pixels
 * need. From nine pictures on, each kind is there.
 */
public final class SampleImages {

    private static final int DECADE = 10;
    private static final int COPY = 3;
    private static final int BOMB = 5;
    private static final int BRIGHTER = 7;
    private static final int OVERSIZE = 8;

    private static final int CLAIMED_SIDE = 30_000;
    private static final int BALLAST_BYTES = 4 * 1024 * 1024;
    private static final double BRIGHTENING = 14;
    private static final float JPEG_QUALITY = 0.88f;

    static {
        Headless.ensure();
    }

    private final long seed;
    private final UnaryOperator<byte[]> finish;

    private SampleImages(long seed, UnaryOperator<byte[]> finish) {
        this.seed = seed;
        this.finish = finish;
    }

    /**
     * Makes pictures.
     *
     * @param count how many
     * @param seed what they depend on
     * @return the pictures; their names begin with their index and tell their kind
     */
    public static List<ImageFile> generate(int count, long seed) {
        return new SampleImages(seed, UnaryOperator.identity()).generate(count);
    }

    /**
     * Makes pictures that each hold a text, so that a search on the wire can look for it.
     *
     * @param count how many
     * @param seed what they depend on
     * @param marker printable ASCII; it stands unaltered among the bytes of every file
     * @return the pictures; their names begin with their index and tell their kind
     */
    public static List<ImageFile> generate(int count, long seed, String marker) {
        return new SampleImages(seed, MarkerText.of(marker)::embed).generate(count);
    }

    private List<ImageFile> generate(int count) {
        List<ImageFile> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            files.add(i % DECADE == COPY ? copy(i, files.get(i - 2)) : make(i));
        }
        return List.copyOf(files);
    }

    private ImageFile make(int index) {
        return switch (index) {
            case BOMB -> file(index, "bomb", bomb());
            case OVERSIZE -> file(index, "oversize", oversize(index));
            default -> index % DECADE == BRIGHTER ? brighter(index) : original(index);
        };
    }

    private ImageFile original(int index) {
        Bitmap bitmap = scene(index);
        return file(index, "scene", index % 2 == 0 ? jpeg(bitmap) : ImageEncoder.png(bitmap));
    }

    private ImageFile brighter(int index) {
        return file(index, "brighter", jpeg(scene(index - 1).brighter(BRIGHTENING)));
    }

    private byte[] oversize(int index) {
        // A private, ancillary type: every decoder skips it.
        byte[] ballast = PngChunks.chunk("lkPd", new byte[BALLAST_BYTES]);
        return PngChunks.insert(ImageEncoder.png(scene(index)), ballast);
    }

    private static byte[] bomb() {
        byte[] data = PngChunks.chunk("IDAT", new byte[] {0x78, (byte) 0x9C, 0x03, 0, 0, 0, 0, 1});
        return PngChunks.file(PngChunks.header(CLAIMED_SIDE, CLAIMED_SIDE), data, PngChunks.chunk("IEND", new byte[0]));
    }

    /** Every index has its own numbers, so a picture does not depend on how many there are. */
    private Bitmap scene(int index) {
        return Scene.paint(new Random(seed * 1_000_003 + index));
    }

    private static byte[] jpeg(Bitmap bitmap) {
        return ImageEncoder.jpeg(bitmap, JPEG_QUALITY);
    }

    private static ImageFile copy(int index, ImageFile original) {
        return named(index, "copy", original.encoded());
    }

    private ImageFile file(int index, String kind, byte[] encoded) {
        return named(index, kind, finish.apply(encoded));
    }

    private static ImageFile named(int index, String kind, byte[] encoded) {
        String ending = ImageFormat.detect(encoded).orElseThrow() == ImageFormat.PNG ? "png" : "jpg";
        return new ImageFile(String.format("%04d-%s.%s", index, kind, ending), encoded);
    }
}
