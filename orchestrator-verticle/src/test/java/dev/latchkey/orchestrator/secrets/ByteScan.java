// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.secrets;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks for secrets in files of any size: as they are, in hex, and in base64 of both alphabets at each of its three alignments.
 *
 * <p>A secret's form is found by its last eight bytes, which then are looked up among all forms; only then is the whole compared.
 */
public final class ByteScan {
    private static final int TAIL = Long.BYTES;
    private static final int FILTER_BITS = 20;
    private static final int CHUNK = 1 << 20;
    private static final int LONGEST = 256;

    private record Form(String secret, byte[] bytes) {}

    private final Map<Long, List<Form>> forms = new HashMap<>();
    private final BitSet filter = new BitSet(1 << FILTER_BITS);

    /** Looks for this secret, too, which has at least 16 bytes. */
    public void add(String name, byte[] secret) {
        add(new Form(name, secret));
        String hex = HexFormat.of().formatHex(secret);
        add(name, " in hex", hex);
        add(name, " in hex", hex.toUpperCase(Locale.ROOT));
        for (int shift = 0; shift < 3; shift++) {
            String url = base64(Base64.getUrlEncoder(), secret, shift);
            String plain = base64(Base64.getEncoder(), secret, shift);
            add(name, " in base64url", url);
            if (!plain.equals(url)) {
                add(name, " in base64", plain);
            }
        }
    }

    private void add(String name, String form, String text) {
        add(new Form(name + form, text.getBytes(StandardCharsets.US_ASCII)));
    }

    /** The characters that this secret alone decides, when so many other bytes stand before it. */
    private static String base64(Base64.Encoder encoder, byte[] secret, int shift) {
        byte[] shifted = new byte[shift + secret.length];
        System.arraycopy(secret, 0, shifted, shift, secret.length);
        return encoder.encodeToString(shifted).substring((shift * 8 + 5) / 6, shifted.length * 8 / 6);
    }

    private void add(Form form) {
        if (form.bytes.length < 2 * TAIL || form.bytes.length > LONGEST) {
            throw new IllegalArgumentException(form.secret + " has " + form.bytes.length + " bytes");
        }
        long tail = 0;
        for (int i = form.bytes.length - TAIL; i < form.bytes.length; i++) {
            tail = tail << 8 | form.bytes[i] & 0xFF;
        }
        filter.set(slot(tail));
        forms.computeIfAbsent(tail, key -> new ArrayList<>()).add(form);
    }

    private static int slot(long tail) {
        return (int) (tail * 0x9E3779B97F4A7C15L >>> (Long.SIZE - FILTER_BITS));
    }

    /** Names of the secrets that are in the file, with their form. */
    public Set<String> in(Path file) throws IOException {
        Set<String> found = new TreeSet<>();
        byte[] window = new byte[LONGEST + CHUNK];
        long tail = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1)) {
            for (int read = in.readNBytes(window, LONGEST, CHUNK);
                    read > 0;
                    read = in.readNBytes(window, LONGEST, CHUNK)) {
                for (int at = LONGEST; at < LONGEST + read; at++) {
                    tail = tail << 8 | window[at] & 0xFF;
                    if (filter.get(slot(tail))) {
                        compare(tail, window, at + 1, found);
                    }
                }
                System.arraycopy(window, read, window, 0, LONGEST);
            }
        }
        return found;
    }

    private void compare(long tail, byte[] window, int end, Set<String> found) {
        for (Form form : forms.getOrDefault(tail, List.of())) {
            int start = end - form.bytes.length;
            if (start >= 0 && Arrays.equals(form.bytes, 0, form.bytes.length, window, start, end)) {
                found.add(form.secret);
            }
        }
    }
}
