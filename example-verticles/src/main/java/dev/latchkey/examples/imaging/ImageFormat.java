// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.imaging;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The formats that the demo reads, told apart by their first bytes and never by a file's name. */
public enum ImageFormat {
    /** Baseline and progressive JPEG. */
    JPEG("\u00ff\u00d8\u00ff"),
    /** PNG, interlaced or not. */
    PNG("\u0089PNG\r\n\u001a\n");

    /** The first bytes of every file of this format, one character each. */
    private final String magic;

    ImageFormat(String magic) {
        this.magic = magic;
    }

    /**
     * Recognises a format.
     *
     * @param encoded the bytes of a file
     * @return its format, or nothing if the first bytes belong to neither
     */
    public static Optional<ImageFormat> detect(byte[] encoded) {
        return Arrays.stream(values()).filter(format -> format.starts(encoded)).findFirst();
    }

    /**
     * Finds a format by its label.
     *
     * @param label as {@link #label()} gives it
     * @return the format, or nothing if there is none of that name
     */
    public static Optional<ImageFormat> ofLabel(String label) {
        return Arrays.stream(values())
                .filter(format -> format.label().equals(label))
                .findFirst();
    }

    /**
     * The name that ImageIO, JSON and people use.
     *
     * @return {@code jpeg} or {@code png}
     */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    private boolean starts(byte[] encoded) {
        int length = Math.min(encoded.length, magic.length());
        return magic.equals(new String(encoded, 0, length, StandardCharsets.ISO_8859_1));
    }
}
