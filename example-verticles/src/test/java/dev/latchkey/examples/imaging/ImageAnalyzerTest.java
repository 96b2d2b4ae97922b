// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageAnalyzerTest {

    private static final long MIB = 1024 * 1024;

    @Test
    void analyze_jpeg_tellsFormatAndSize() {
        byte[] jpeg = ImageEncoder.jpeg(AreaScaler.scale(TestImages.scene(1), 320, 240), 0.9f);

        ImageFacts facts = ImageAnalyzer.analyze(jpeg);

        assertThat(facts.format()).isEqualTo("jpeg");
        assertThat(facts.width()).isEqualTo(320);
        assertThat(facts.height()).isEqualTo(240);
        assertThat(facts.encodedBytes()).isEqualTo(jpeg.length);
        assertThat(facts.decoded()).isTrue();
    }

    @Test
    void analyze_sameSceneAsPng_agreesWithJpeg() {
        Bitmap scene = TestImages.scene(2);

        ImageFacts png = ImageAnalyzer.analyze(ImageEncoder.png(scene));
        ImageFacts jpeg = ImageAnalyzer.analyze(ImageEncoder.jpeg(scene, 0.8f));

        assertThat(png.format()).isEqualTo("png");
        assertThat(PerceptualHash.distance(png.perceptualHash(), jpeg.perceptualHash()))
                .isLessThanOrEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"640,480,96,72", "300,600,48,96", "96,96,96,96", "40,30,40,30", "1000,3,96,1", "5,2000,1,96"})
    void analyze_thumbnail_fitsAndKeepsAspect(int width, int height, int thumbWidth, int thumbHeight)
            throws IOException {
        Bitmap picture = AreaScaler.scale(TestImages.scene(3), width, height);

        BufferedImage thumbnail = TestImages.decode(
                ImageAnalyzer.analyze(ImageEncoder.png(picture)).thumbnail());

        assertThat(thumbnail.getWidth()).isEqualTo(thumbWidth);
        assertThat(thumbnail.getHeight()).isEqualTo(thumbHeight);
    }

    @Test
    void analyze_dimensionsBomb_isNotDecodedAndTakesNoHeap() {
        byte[] bomb = SampleImages.generate(6, 1).get(5).encoded();
        ImageAnalyzer.analyze(TestImages.header(21_000, 21_000)); // loads the classes

        long before = allocated();
        ImageFacts facts = ImageAnalyzer.analyze(bomb);
        long taken = allocated() - before;

        assertThat(facts.decoded()).isFalse();
        assertThat(facts.pixels()).isEqualTo(900_000_000);
        assertThat(facts.thumbnail()).isEmpty();
        assertThat(facts.perceptualHash()).isZero();
        assertThat(facts.colours()).isEmpty();
        assertThat(taken).isLessThan(MIB);
    }

    @ParameterizedTest
    @CsvSource({"6325,6325", "20001,1", "1,20001", "2147483647,2147483647"})
    void analyze_claimBeyondBounds_isNotDecoded(int width, int height) {
        ImageFacts facts = ImageAnalyzer.analyze(TestImages.header(width, height));

        assertThat(facts.decoded()).isFalse();
        assertThat(facts.width()).isEqualTo(width);
    }

    @ParameterizedTest
    @CsvSource({"6324,6324", "20000,2000"})
    void analyze_claimWithinBoundsWithoutData_isUnreadable(int width, int height) {
        byte[] lie = TestImages.header(width, height);

        long before = allocated();
        assertThatExceptionOfType(UnreadableImageException.class)
                .isThrownBy(() -> ImageAnalyzer.analyze(lie))
                .withMessage("damaged or unsupported png data");
        assertThat(allocated() - before).isLessThan(40 * MIB);
    }

    @Test
    void analyze_largePicture_staysWithinItsHeap() throws IOException {
        byte[] large = TestImages.png(new BufferedImage(6000, 6000, BufferedImage.TYPE_BYTE_GRAY));

        long before = allocated();
        ImageFacts facts = ImageAnalyzer.analyze(large);

        assertThat(facts.decoded()).isTrue();
        assertThat(facts.width()).isEqualTo(6000);
        assertThat(allocated() - before).isLessThan(64 * MIB);
    }

    /** From 1024 pixels a side on, rows and columns are left out while decoding. */
    @Test
    void analyze_thinnedPicture_looksLikeTheSmallOne() throws IOException {
        Bitmap scene = TestImages.scene(12);
        Bitmap large = AreaScaler.scale(scene, 3300, 2500);
        ImageFacts expected = ImageAnalyzer.analyze(ImageEncoder.png(scene));

        for (byte[] encoded : List.of(
                ImageEncoder.png(large), ImageEncoder.jpeg(large, 0.9f), TestImages.interlacedPng(large.toImage()))) {
            ImageFacts facts = ImageAnalyzer.analyze(encoded);
            assertThat(facts.width()).isEqualTo(3300);
            assertThat(PerceptualHash.distance(facts.perceptualHash(), expected.perceptualHash()))
                    .isLessThanOrEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello, world", "GIF89a........", "\u00ff\u00d8\u00ff", "\u0089PNG\r\n\u001a\n"})
    void analyze_noPicture_isUnreadable(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);

        assertThatExceptionOfType(UnreadableImageException.class)
                .isThrownBy(() -> ImageAnalyzer.analyze(bytes))
                .satisfies(e -> assertThat(e.reason()).isNotBlank().hasSizeLessThan(60));
    }

    @Test
    void analyze_tooManyBytes_isUnreadable() {
        byte[] bytes = Arrays.copyOf(ImageEncoder.png(TestImages.scene(1)), ImageAnalyzer.MAX_ENCODED_BYTES + 1);

        assertThatExceptionOfType(UnreadableImageException.class)
                .isThrownBy(() -> ImageAnalyzer.analyze(bytes))
                .withMessage("larger than 16 MiB");
    }

    @Test
    void analyze_truncatedPng_isUnreadable() {
        byte[] png = ImageEncoder.png(TestImages.scene(4));

        assertThatExceptionOfType(UnreadableImageException.class)
                .isThrownBy(() -> ImageAnalyzer.analyze(Arrays.copyOf(png, png.length / 2)));
    }

    /** Nothing but the two allowed outcomes, whatever the bytes. */
    @Test
    void analyze_randomDamage_neverEscapesOtherwise() {
        Random random = new Random(5);
        for (ImageFile file : SampleImages.generate(3, 5)) {
            for (int round = 0; round < 60; round++) {
                analyzeQuietly(damage(file.encoded(), random));
            }
        }
    }

    @Test
    void analyze_jpegOfManyScans_isUnreadable() {
        byte[] jpeg = ImageEncoder.jpeg(TestImages.scene(6), 0.8f);
        byte[] scans = new byte[400];
        for (int i = 0; i < scans.length; i += 2) {
            scans[i] = (byte) 0xFF;
            scans[i + 1] = (byte) 0xDA;
        }

        assertThatExceptionOfType(UnreadableImageException.class)
                .isThrownBy(() -> ImageAnalyzer.analyze(Bytes.concat(jpeg, scans)))
                .withMessage("a JPEG of too many scans");
    }

    /** A palette makes the JDK read all chunks, compressed texts among them. */
    @Test
    void analyze_compressedTextBomb_isNotInflated() throws IOException {
        byte[] png = TestImages.png(new BufferedImage(
                8,
                8,
                BufferedImage.TYPE_BYTE_INDEXED,
                new IndexColorModel(1, 2, new byte[2], new byte[2], new byte[2])));
        byte[] bomb = PngChunks.insert(png, PngChunks.chunk("zTXt", compressedZeros(256 * MIB)));

        long before = allocated();
        analyzeQuietly(bomb);

        assertThat(allocated() - before).isLessThan(16 * MIB);
    }

    @Test
    void analyze_transparentPixels_countAsWhite() throws IOException {
        byte[] png = TestImages.png(new BufferedImage(20, 20, BufferedImage.TYPE_INT_ARGB));

        assertThat(ImageAnalyzer.analyze(png).colours()).containsExactly(new DominantColour("#ffffff", 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY})
    void analyze_grey_keepsItsShade(int type) throws IOException {
        BufferedImage grey = new BufferedImage(20, 20, type);
        int sample = type == BufferedImage.TYPE_BYTE_GRAY ? 0x40 : 0x4000;
        int[] samples = new int[400];
        Arrays.fill(samples, sample);
        grey.getRaster().setSamples(0, 0, 20, 20, 0, samples);

        assertThat(ImageAnalyzer.analyze(TestImages.png(grey)).colours())
                .containsExactly(new DominantColour("#404040", 1));
    }

    private static void analyzeQuietly(byte[] bytes) {
        try {
            assertThat(ImageAnalyzer.analyze(bytes).format()).isIn("jpeg", "png");
        } catch (UnreadableImageException e) {
            assertThat(e.reason()).isNotBlank();
        }
    }

    private static byte[] damage(byte[] encoded, Random random) {
        byte[] damaged = encoded.clone();
        for (int i = 0; i < 12; i++) {
            int reach = random.nextBoolean() ? 700 : damaged.length;
            damaged[random.nextInt(2, Math.min(reach, damaged.length))] = (byte) random.nextInt();
        }
        return damaged;
    }

    private static byte[] compressedZeros(long size) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write("Comment\0\0".getBytes(StandardCharsets.US_ASCII));
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            byte[] block = new byte[(int) MIB];
            for (long done = 0; done < size; done += block.length) {
                deflater.write(block);
            }
        }
        return out.toByteArray();
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
