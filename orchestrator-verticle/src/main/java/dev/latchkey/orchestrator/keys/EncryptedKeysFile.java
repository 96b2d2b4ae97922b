// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.keys;

import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.crypto.VerifyingKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.SCrypt;

/**
 * A file with a trust domain's three secrets, sealed under a passphrase; docs/keys.md has the format.
 *
 * <p>The key is scrypt (RFC 7914) of the passphrase, the cipher AES-256-GCM (NIST SP 800-38D). Salt and nonce are random and used for
 * this one file; the header, which names the cost, is authenticated, and a cost beyond what Latchkey writes is refused before it is paid.
 */
public final class EncryptedKeysFile {
    private static final byte[] MAGIC = "LATCHKEY-KEYS\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte VERSION = 1;
    private static final int LOG_N = 16;
    private static final int MAX_LOG_N = 20;
    private static final int R = 8;
    private static final int P = 1;
    private static final int SALT_LENGTH = 16;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_BITS = 128;
    private static final int KEY_LENGTH = 32;
    private static final int HEADER_LENGTH = MAGIC.length + 4 + SALT_LENGTH + NONCE_LENGTH;
    private static final int MAX_LENGTH = 4_096;
    private static final int MIN_PASSPHRASE = 16;

    private EncryptedKeysFile() {}

    /**
     * Writes keys for their owner alone.
     *
     * @param keys whose signing key is in memory; they stay the caller's
     * @throws IOException when the file exists or cannot be written
     */
    public static void write(Path file, Path passphraseFile, OrchestratorKeys keys)
            throws IOException, GeneralSecurityException {
        byte[] header = header();
        byte[] content = content(keys);
        byte[] key = key(passphraseFile, header);
        try {
            byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key, header, content);
            PrivateFiles.create(file);
            Files.write(file, concat(header, sealed), StandardOpenOption.WRITE);
        } finally {
            Arrays.fill(content, (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] header() {
        byte[] random = new byte[SALT_LENGTH + NONCE_LENGTH];
        new SecureRandom().nextBytes(random);
        return ByteBuffer.allocate(HEADER_LENGTH)
                .put(MAGIC)
                .put(new byte[] {VERSION, LOG_N, R, P})
                .put(random)
                .array();
    }

    private static byte[] content(OrchestratorKeys keys) {
        ByteBuffer content =
                ByteBuffer.allocate(3 * KEY_LENGTH + 1 + keys.published().size() * KEY_LENGTH);
        try (SecretBytes signing = keys.signing().privateKey();
                SecretBytes registration = keys.registration().privateKey()) {
            put(content, signing);
            put(content, registration);
            put(content, keys.state());
        }
        content.put((byte) keys.published().size());
        keys.published().forEach(key -> content.put(key.encoded()));
        return content.array();
    }

    private static void put(ByteBuffer content, SecretBytes secret) {
        byte[] bytes = secret.copy();
        content.put(bytes);
        Arrays.fill(bytes, (byte) 0);
    }

    /**
     * Reads the keys.
     *
     * @throws KeystoreException in one line that names file, problem and fix
     */
    public static OrchestratorKeys load(Path file, Path passphraseFile) {
        byte[] bytes = read(file);
        byte[] header = Arrays.copyOf(bytes, HEADER_LENGTH);
        requireHeader(file, bytes.length, header);
        byte[] key = key(passphraseFile, header);
        try {
            byte[] content =
                    crypt(Cipher.DECRYPT_MODE, key, header, Arrays.copyOfRange(bytes, HEADER_LENGTH, bytes.length));
            return keys(file, content);
        } catch (GeneralSecurityException e) {
            throw new KeystoreException(
                    "keys file " + file + " does not open: another passphrase, or a damaged file; check "
                            + passphraseFile,
                    e);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    private static byte[] read(Path file) {
        try {
            if (Files.size(file) <= MAX_LENGTH) {
                return Files.readAllBytes(file);
            }
        } catch (IOException e) {
            throw new KeystoreException(
                    "keys file " + file + " cannot be read; make it by 'latchkey keys seal', or correct the path", e);
        }
        throw noKeys(file);
    }

    private static KeystoreException noKeys(Path file) {
        return new KeystoreException(
                "keys file " + file + " is none, or of a newer Latchkey; make it by 'latchkey keys seal'");
    }

    private static void requireHeader(Path file, int length, byte[] header) {
        int cost = MAGIC.length + 1;
        boolean good = length > HEADER_LENGTH + 3 * KEY_LENGTH + TAG_BITS / Byte.SIZE
                && Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)
                && header[MAGIC.length] == VERSION
                && header[cost] >= LOG_N
                && header[cost] <= MAX_LOG_N
                && header[cost + 1] == R
                && header[cost + 2] == P;
        if (!good) {
            throw noKeys(file);
        }
    }

    private static byte[] key(Path passphraseFile, byte[] header) {
        byte[] passphrase = passphrase(passphraseFile);
        try {
            int salt = HEADER_LENGTH - NONCE_LENGTH - SALT_LENGTH;
            return SCrypt.generate(
                    passphrase,
                    Arrays.copyOfRange(header, salt, salt + SALT_LENGTH),
                    1 << header[MAGIC.length + 1],
                    R,
                    P,
                    KEY_LENGTH);
        } finally {
            Arrays.fill(passphrase, (byte) 0);
        }
    }

    /** What an editor puts behind it is no part of it. */
    private static byte[] passphrase(Path file) {
        char[] text = KeystorePassword.read(file);
        try {
            if (text.length < MIN_PASSPHRASE) {
                throw new IllegalArgumentException("passphrase file " + file
                        + " holds fewer than 16 characters; make a random one, such as by 'openssl rand -base64 32'");
            }
            ByteBuffer encoded = StandardCharsets.UTF_8.encode(java.nio.CharBuffer.wrap(text));
            byte[] bytes = Arrays.copyOf(encoded.array(), encoded.limit());
            Arrays.fill(encoded.array(), (byte) 0);
            return bytes;
        } finally {
            Arrays.fill(text, '\0');
        }
    }

    private static byte[] crypt(int mode, byte[] key, byte[] header, byte[] input) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        byte[] nonce = Arrays.copyOfRange(header, HEADER_LENGTH - NONCE_LENGTH, HEADER_LENGTH);
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(header);
        return cipher.doFinal(input);
    }

    private static OrchestratorKeys keys(Path file, byte[] content) {
        try {
            int published = content.length > 3 * KEY_LENGTH ? content[3 * KEY_LENGTH] : -1;
            if (published < 0 || content.length != 3 * KEY_LENGTH + 1 + published * KEY_LENGTH) {
                throw noKeys(file);
            }
            try (SecretBytes signing = part(content, 0);
                    SecretBytes registration = part(content, KEY_LENGTH)) {
                return new OrchestratorKeys(
                        SigningKey.of(signing),
                        HpkeKeyPair.of(registration),
                        part(content, 2 * KEY_LENGTH),
                        published(content, published));
            }
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static SecretBytes part(byte[] content, int from) {
        return SecretBytes.taking(Arrays.copyOfRange(content, from, from + KEY_LENGTH));
    }

    private static List<VerifyingKey> published(byte[] content, int count) {
        List<VerifyingKey> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int from = 3 * KEY_LENGTH + 1 + i * KEY_LENGTH;
            keys.add(VerifyingKey.of(Arrays.copyOfRange(content, from, from + KEY_LENGTH)));
        }
        return keys;
    }

    private static byte[] concat(byte[] one, byte[] two) {
        byte[] all = Arrays.copyOf(one, one.length + two.length);
        System.arraycopy(two, 0, all, one.length, two.length);
        return all;
    }
}
