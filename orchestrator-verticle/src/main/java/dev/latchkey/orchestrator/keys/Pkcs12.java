// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.keys;

import dev.latchkey.eventbus.crypto.SecretBytes;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.security.interfaces.EdECPrivateKey;
import java.security.interfaces.XECPrivateKey;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** A PKCS#12 file (RFC 7292) with keys of the kinds that Latchkey uses. */
final class Pkcs12 {
    private static final String TYPE = "PKCS12";
    private static final int ED25519_LENGTH = 32;

    private final Path file;
    private final KeyStore store;
    private final char[] password;

    private Pkcs12(Path file, KeyStore store, char[] password) {
        this.file = file;
        this.store = store;
        this.password = password.clone();
    }

    /** An empty one, in memory until it is written. */
    static Pkcs12 create(Path file, char[] password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(TYPE);
        store.load(null, password);
        return new Pkcs12(file, store, password);
    }

    /** Throws KeystoreException when it is missing, damaged or has another password. */
    static Pkcs12 open(Path file, char[] password) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore store = KeyStore.getInstance(TYPE);
            store.load(in, password);
            return new Pkcs12(file, store, password);
        } catch (NoSuchFileException e) {
            throw new KeystoreException("keystore " + file + " does not exist; make it by 'latchkey init'", e);
        } catch (IOException e) {
            throw new KeystoreException(explain(file, e), e);
        } catch (GeneralSecurityException e) {
            throw new KeystoreException("keystore " + file + " cannot be read; is it a PKCS#12 file?", e);
        }
    }

    private static String explain(Path file, IOException e) {
        return e.getCause() instanceof UnrecoverableKeyException
                ? "keystore " + file
                        + " does not open: wrong password; check the password file that 'latchkey init' wrote"
                : "keystore " + file + " cannot be read; is it a PKCS#12 file that this user may read?";
    }

    void putPair(String alias, KeyPair pair, X509Certificate certificate) throws GeneralSecurityException {
        store.setKeyEntry(alias, pair.getPrivate(), password, new X509Certificate[] {certificate});
    }

    void putSecret(String alias, SecretBytes secret) throws GeneralSecurityException {
        store.setEntry(
                alias,
                new KeyStore.SecretKeyEntry(new SecretKeySpec(secret.copy(), "AES")),
                new KeyStore.PasswordProtection(password));
    }

    boolean has(String alias) throws GeneralSecurityException {
        return store.containsAlias(alias);
    }

    void remove(String alias) throws GeneralSecurityException {
        store.deleteEntry(alias);
    }

    /** Gives a private key another name. */
    void rename(String alias, String to) throws GeneralSecurityException {
        store.setKeyEntry(to, key(alias), password, store.getCertificateChain(alias));
        store.deleteEntry(alias);
    }

    /** Keeps the certificate of a private key, which is gone afterwards. */
    void keepCertificate(String alias, String to) throws GeneralSecurityException {
        Certificate certificate = store.getCertificate(alias);
        store.deleteEntry(alias);
        store.setCertificateEntry(to, certificate);
    }

    /** The raw bytes of the Ed25519 public key (RFC 8032, section 5.1.5) of an entry: the end of its DER form (RFC 8410, section 4). */
    byte[] publicEd25519(String alias) throws GeneralSecurityException {
        byte[] der = store.getCertificate(alias).getPublicKey().getEncoded();
        return Arrays.copyOfRange(der, der.length - ED25519_LENGTH, der.length);
    }

    /** Writes the file in place of the one that was opened, whole or not at all. */
    void replace() throws GeneralSecurityException, IOException {
        Path fresh = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID());
        try {
            new Pkcs12(fresh, store, password).write();
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Writes the file, readable by its owner only; never over another. */
    void write() throws GeneralSecurityException, IOException {
        PrivateFiles.create(file);
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
            store.store(out, password);
        }
    }

    /** The raw bytes of an Ed25519 private key (RFC 8032, section 5.1.5). */
    SecretBytes ed25519(String alias) {
        return raw(alias, key(alias) instanceof EdECPrivateKey key ? key.getBytes() : Optional.empty());
    }

    /** The raw bytes of an X25519 private key (RFC 7748, section 5). */
    SecretBytes x25519(String alias) {
        return raw(alias, key(alias) instanceof XECPrivateKey key ? key.getScalar() : Optional.empty());
    }

    /** The raw bytes of a secret key. */
    SecretBytes secret(String alias) {
        return raw(alias, key(alias) instanceof SecretKey key ? Optional.of(key.getEncoded()) : Optional.empty());
    }

    private SecretBytes raw(String alias, Optional<byte[]> bytes) {
        return SecretBytes.taking(bytes.orElseThrow(() -> new KeystoreException(
                "keystore " + file + " has no usable key '" + alias + "'; make a new one by 'latchkey init'")));
    }

    private Key key(String alias) {
        try {
            Key key = store.getKey(alias, password);
            if (key == null) {
                throw new KeystoreException(
                        "keystore " + file + " has no key '" + alias + "'; is it another keystore?");
            }
            return key;
        } catch (GeneralSecurityException e) {
            throw new KeystoreException("keystore " + file + ": key '" + alias + "' cannot be read", e);
        }
    }
}
