// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pixels to files, in memory. */
final class ImageEncoder {

    private ImageEncoder() {}

    static byte[] png(Bitmap bitmap) {
        ImageWriter writer = writer(ImageFormat.PNG);
        return write(writer, writer.getDefaultWriteParam(), bitmap);
    }

    static byte[] jpeg(Bitmap bitmap, float quality) {
        ImageWriter writer = writer(ImageFormat.JPEG);
        ImageWriteParam param = writer.getDefaultWriteParam();
        param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        param.setCompressionQuality(quality);
        return write(writer, param, bitmap);
    }

    private static ImageWriter writer(ImageFormat format) {
        return ImageIO.getImageWritersByFormatName(format.label()).next();
    }

    private static byte[] write(ImageWriter writer, ImageWriteParam param, Bitmap bitmap) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(stream);
            writer.write(null, new IIOImage(bitmap.toImage(), null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException("memory refused a write", e);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
