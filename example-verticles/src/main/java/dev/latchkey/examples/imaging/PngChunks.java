// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Builds PNG files from chunks: length, type, data, CRC over type and data. */
final class PngChunks {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int OVERHEAD = 12;
    private static final int HEADER_DATA = 13;
    private static final byte BITS_PER_SAMPLE = 8;
    private static final byte TRUE_COLOUR = 2;

    private PngChunks() {}

    static byte[] chunk(String type, byte[] data) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(OVERHEAD + data.length)
                .putInt(data.length)
                .put(name)
                .put(data)
                .putInt(crc(name, data))
                .array();
    }

    /** The chunk that names the dimensions; nothing makes them true. */
    static byte[] header(int width, int height) {
        ByteBuffer data = ByteBuffer.allocate(HEADER_DATA).putInt(width).putInt(height);
        return chunk("IHDR", data.put(BITS_PER_SAMPLE).put(TRUE_COLOUR).array());
    }

    static byte[] file(byte[]... chunks) {
        return Bytes.concat(SIGNATURE, Bytes.concat(chunks));
    }

    /** Puts a chunk where any kind of it is allowed: right behind the header. */
    static byte[] insert(byte[] png, byte[] chunk) {
        return Bytes.insert(png, SIGNATURE.length + OVERHEAD + HEADER_DATA, chunk);
    }

    private static int crc(byte[] type, byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(type);
        crc.update(data);
        return (int) crc.getValue();
    }
}
