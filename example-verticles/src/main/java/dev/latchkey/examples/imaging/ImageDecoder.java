// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The one place that hands foreign bytes to ImageIO.
 *
 * <p>Streams live in memory: ImageIO's cache would write each picture to a temporary file. Metadata is ignored: its
 * parsers have nothing to offer here. A large picture is decoded with rows and columns left out, so that no picture
 * takes more than about 30 MB of heap; the area average that follows hides the difference.
 */
final class ImageDecoder {

    /** No decoded side reaches twice this. */
    private static final int WORKING_SIDE = 512;

    /** Each scan of a progressive JPEG costs a pass over all pixels, and takes a dozen bytes to ask for. */
    private static final int MAX_SCANS = 100;

    private ImageDecoder() {}

    static Bitmap decode(ImageHeader header, byte[] encoded) {
        if (header.format() == ImageFormat.JPEG && countScans(encoded) > MAX_SCANS) {
            throw new UnreadableImageException("a JPEG of too many scans");
        }
        return read(header.format(), encoded, reader -> Bitmap.of(reader.read(0, thinned(reader, header))));
    }

    static <T> T read(ImageFormat format, byte[] encoded, Look<T> look) {
        ImageReader reader = ImageIO.getImageReadersByFormatName(format.label()).next();
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(encoded))) {
            reader.setInput(stream, true, true);
            return look.at(reader);
        } catch (IOException | RuntimeException e) {
            // Decoders meet broken bytes with all kinds of unchecked exceptions.
            throw new UnreadableImageException("damaged or unsupported " + format.label() + " data", e);
        } finally {
            reader.dispose();
        }
    }

    private static ImageReadParam thinned(ImageReader reader, ImageHeader header) {
        int step = Math.max(1, Math.max(header.width(), header.height()) / WORKING_SIDE);
        ImageReadParam param = reader.getDefaultReadParam();
        param.setSourceSubsampling(step, step, 0, 0);
        return param;
    }

    /** Counts start-of-scan markers. Entropy-coded data never contains one; an embedded preview adds a few. */
    private static int countScans(byte[] jpeg) {
        int scans = 0;
        for (int i = 1; i < jpeg.length; i++) {
            scans += jpeg[i - 1] == (byte) 0xFF && jpeg[i] == (byte) 0xDA ? 1 : 0;
        }
        return scans;
    }

    /** What is wanted of an open reader. */
    @FunctionalInterface
    interface Look<T> {
        T at(ImageReader reader) throws IOException;
    }
}
