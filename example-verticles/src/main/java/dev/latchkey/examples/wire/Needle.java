// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A plaintext to look for on the wire.
 *
 * @param name what a report calls it
 * @param bytes what it looks like; not copied, do not write to it
 */
@SuppressWarnings("ArrayRecordComponent") // equals and hashCode below look at the content
public record Needle(String name, byte[] bytes) {

    /** Shorter ones turn up in random bytes by themselves: five bytes still match once in a terabyte. */
    public static final int MIN_BYTES = 5;

    private static final int GROUP = 3;

    /** Checks the parts. */
    public Needle {
        if (bytes.length < MIN_BYTES) {
            throw new IllegalArgumentException(
                    "the needle '" + name + "' is too short to prove anything; use at least 5 bytes");
        }
    }

    /**
     * Looks for a text as it is, in UTF-8.
     *
     * @param text the text, which is the name too
     * @return a needle
     */
    public static Needle ofText(String text) {
        return new Needle(text, text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Looks for bytes as they are and in each form that base64 can give them, because JSON carries binary as base64.
     *
     * <p>The form depends on how many bytes precede them, modulo three; characters that also depend on neighbours are
     * cut off.
     *
     * @param name what a report calls the plain form; others have {@code , base64} behind it
     * @param bytes what the plain form looks like
     * @return the needles, without repetitions
     */
    public static List<Needle> withBase64(String name, byte[] bytes) {
        Map<String, Needle> needles = new LinkedHashMap<>();
        needles.put(name, new Needle(name, bytes));
        IntStream.range(0, GROUP).mapToObj(shift -> base64(bytes, shift)).forEach(form -> {
            add(needles, name, form);
            add(needles, name, form.replace('+', '-').replace('/', '_'));
        });
        return List.copyOf(needles.values());
    }

    private static void add(Map<String, Needle> needles, String name, String form) {
        String label = name + ", base64 " + form;
        needles.put(label, new Needle(label, form.getBytes(StandardCharsets.US_ASCII)));
    }

    /** The characters that stand for nothing but these bytes when {@code shift} others come first. */
    private static String base64(byte[] bytes, int shift) {
        byte[] shifted = new byte[shift + bytes.length];
        System.arraycopy(bytes, 0, shifted, shift, bytes.length);
        String text = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        int from = (shift * 8 + 5) / 6;
        return text.substring(from, shifted.length * 8 / 6);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Needle that && name.equals(that.name) && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(bytes);
    }
}
