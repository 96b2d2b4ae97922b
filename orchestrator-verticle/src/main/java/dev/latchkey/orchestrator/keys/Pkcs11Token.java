// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.keys;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.NativeLong;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.NativeLongByReference;
import dev.latchkey.eventbus.crypto.Signer;
import dev.latchkey.eventbus.crypto.VerifyingKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An Ed25519 key in a PKCS#11 token, which signs by CKM_EDDSA. The key must be sensitive and not extractable.
 *
 * <p>One session, one signature at a time. A session that was lost, as when a token is restarted, is opened again once for each signature.
 */
final class Pkcs11Token implements Signer {
    private static final long CKR_OK = 0;
    private static final long CKR_ALREADY_LOGGED_IN = 0x100;
    private static final long CKR_ALREADY_INITIALIZED = 0x191;
    private static final long CKF_SERIAL_SESSION = 4;
    private static final long CKF_OS_LOCKING_OK = 2;
    private static final long CKU_USER = 1;
    private static final long CKO_PUBLIC_KEY = 2;
    private static final long CKO_PRIVATE_KEY = 3;
    private static final long CKA_CLASS = 0;
    private static final long CKA_LABEL = 3;
    private static final long CKA_SENSITIVE = 0x103;
    private static final long CKA_EXTRACTABLE = 0x162;
    private static final long CKA_EC_POINT = 0x181;
    private static final long CKM_EDDSA = 0x1057;

    private static final int ULONG = NativeLong.SIZE;
    /** Type, pointer, length; PKCS#11 packs them on Windows, and elsewhere they need no filling. */
    private static final int ATTRIBUTE = ULONG + Native.POINTER_SIZE + ULONG;

    private static final int MAX_SLOTS = 64;
    private static final int TOKEN_INFO = 512;
    private static final int LABEL_LENGTH = 32;
    private static final int MAX_POINT = 64;
    private static final int PUBLIC_KEY = 32;
    private static final int SIGNATURE = 64;

    private final Cryptoki library;
    private final Pkcs11Settings settings;
    private @Nullable NativeLong session;
    private NativeLong privateKey = new NativeLong(0);
    private boolean closed;

    private Pkcs11Token(Cryptoki library, Pkcs11Settings settings) {
        this.library = library;
        this.settings = settings;
    }

    /** Opens it; throws KeystoreException, naming what is missing. */
    static Pkcs11Token open(Pkcs11Settings settings) {
        Pkcs11Token token = new Pkcs11Token(load(settings.library()), settings);
        try {
            token.initialize();
            token.connect();
            token.requireKept();
            return token;
        } catch (RuntimeException e) {
            token.close();
            throw e;
        }
    }

    private static Cryptoki load(Path library) {
        try {
            return Native.load(library.toString(), Cryptoki.class);
        } catch (UnsatisfiedLinkError e) {
            throw new KeystoreException(
                    "custody.libraryFile: " + library + " cannot be loaded; install the token's PKCS#11 library, or"
                            + " correct the path",
                    e);
        }
    }

    /** Four locks of ours, of which there are none; the library is to use the system's. */
    private void initialize() {
        Memory arguments = zeroed(4 * Native.POINTER_SIZE + ULONG + Native.POINTER_SIZE);
        setLong(arguments, 4 * Native.POINTER_SIZE, CKF_OS_LOCKING_OK);
        long result = library.C_Initialize(arguments).longValue();
        if (result != CKR_ALREADY_INITIALIZED) {
            check("C_Initialize", result);
        }
    }

    private void connect() {
        NativeLongByReference opened = new NativeLongByReference();
        check(
                "C_OpenSession",
                library.C_OpenSession(slot(), new NativeLong(CKF_SERIAL_SESSION), Pointer.NULL, Pointer.NULL, opened)
                        .longValue());
        session = opened.getValue();
        login();
        privateKey = find(CKO_PRIVATE_KEY);
    }

    private NativeLong slot() {
        NativeLongByReference count = new NativeLongByReference(new NativeLong(MAX_SLOTS));
        Memory slots = zeroed(MAX_SLOTS * ULONG);
        check("C_GetSlotList", library.C_GetSlotList((byte) 1, slots, count).longValue());
        for (int i = 0; i < count.getValue().intValue(); i++) {
            NativeLong slot = new NativeLong(getLong(slots, (long) i * ULONG));
            if (settings.token().equals(label(slot))) {
                return slot;
            }
        }
        throw new KeystoreException("custody.token: there is no token '" + settings.token() + "' in "
                + settings.library() + "; see 'pkcs11-tool --list-slots'");
    }

    private String label(NativeLong slot) {
        Memory info = zeroed(TOKEN_INFO);
        return library.C_GetTokenInfo(slot, info).longValue() == CKR_OK
                ? new String(info.getByteArray(0, LABEL_LENGTH), StandardCharsets.UTF_8).trim()
                : "";
    }

    private void login() {
        byte[] pin = settings.pin();
        try {
            long result = library.C_Login(session(), new NativeLong(CKU_USER), pin, new NativeLong(pin.length))
                    .longValue();
            if (result != CKR_ALREADY_LOGGED_IN) {
                check("C_Login, with the PIN in " + settings.pinFile(), result);
            }
        } finally {
            Arrays.fill(pin, (byte) 0);
        }
    }

    private NativeLong session() {
        NativeLong open = session;
        if (open == null) {
            throw new IllegalStateException("the token's session is closed");
        }
        return open;
    }

    private NativeLong find(long type) {
        byte[] label = settings.key().getBytes(StandardCharsets.UTF_8);
        Memory value = zeroed(ULONG + label.length);
        setLong(value, 0, type);
        value.write(ULONG, label, 0, label.length);
        Memory template = zeroed(2 * ATTRIBUTE);
        attribute(template, 0, CKA_CLASS, value, ULONG);
        attribute(template, ATTRIBUTE, CKA_LABEL, value.share(ULONG), label.length);
        check(
                "C_FindObjectsInit",
                library.C_FindObjectsInit(session(), template, new NativeLong(2))
                        .longValue());
        NativeLongByReference object = new NativeLongByReference();
        NativeLongByReference count = new NativeLongByReference();
        long result = library.C_FindObjects(session(), object, new NativeLong(1), count)
                .longValue();
        library.C_FindObjectsFinal(session());
        check("C_FindObjects", result);
        if (count.getValue().longValue() == 0) {
            throw new KeystoreException("custody.key: token '" + settings.token() + "' has no "
                    + (type == CKO_PRIVATE_KEY ? "private" : "public") + " key '" + settings.key()
                    + "'; make an Ed25519 pair of that label in it");
        }
        return object.getValue();
    }

    private static void attribute(Memory template, long at, long type, Pointer value, long length) {
        setLong(template, at, type);
        template.setPointer(at + ULONG, value);
        setLong(template, at + ULONG + Native.POINTER_SIZE, length);
    }

    /** A key that can be read out of its token is no safer there than in a file. */
    private void requireKept() {
        boolean kept = flag(CKA_SENSITIVE) && !flag(CKA_EXTRACTABLE);
        if (!kept) {
            throw new KeystoreException("custody.key: private key '" + settings.key()
                    + "' can be read out of its token; make one that is sensitive and not extractable");
        }
    }

    private boolean flag(long type) {
        return value(privateKey, type, 1)[0] != 0;
    }

    private byte[] value(NativeLong object, long type, int most) {
        Memory value = zeroed(most);
        Memory template = zeroed(ATTRIBUTE);
        attribute(template, 0, type, value, most);
        check(
                "C_GetAttributeValue",
                library.C_GetAttributeValue(session(), object, template, new NativeLong(1))
                        .longValue());
        return value.getByteArray(0, (int) getLong(template, ULONG + Native.POINTER_SIZE));
    }

    /** The key that verifies the signatures: CKA_EC_POINT, which is the key's 32 bytes, mostly within a DER OCTET STRING. */
    VerifyingKey verifyingKey() {
        byte[] point = value(find(CKO_PUBLIC_KEY), CKA_EC_POINT, MAX_POINT);
        try {
            return VerifyingKey.of(Arrays.copyOfRange(point, Math.max(0, point.length - PUBLIC_KEY), point.length));
        } catch (IllegalArgumentException e) {
            throw new KeystoreException(
                    "custody.key: '" + settings.key() + "' is no Ed25519 key; make one of CKK_EC_EDWARDS, edwards25519",
                    e);
        }
    }

    @Override
    public synchronized byte[] sign(byte[] message) {
        if (closed) {
            throw new IllegalStateException("the token's key was given up");
        }
        try {
            return signOnce(message);
        } catch (IllegalStateException | KeystoreException lost) {
            return signAgain(message);
        }
    }

    private byte[] signOnce(byte[] message) {
        Memory mechanism = zeroed(ULONG + Native.POINTER_SIZE + ULONG);
        setLong(mechanism, 0, CKM_EDDSA);
        check("C_SignInit", library.C_SignInit(session(), mechanism, privateKey).longValue());
        byte[] signature = new byte[SIGNATURE];
        NativeLongByReference length = new NativeLongByReference(new NativeLong(SIGNATURE));
        check(
                "C_Sign",
                library.C_Sign(session(), message, new NativeLong(message.length), signature, length)
                        .longValue());
        return signature;
    }

    private byte[] signAgain(byte[] message) {
        try {
            disconnect();
            connect();
            return signOnce(message);
        } catch (KeystoreException e) {
            throw new IllegalStateException("the token cannot sign now: " + e.getMessage(), e);
        }
    }

    private void disconnect() {
        NativeLong open = session;
        session = null;
        if (open != null) {
            library.C_CloseSession(open);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        disconnect();
    }

    private void check(String call, long result) {
        if (result != CKR_OK) {
            throw new KeystoreException("token '" + settings.token() + "': " + call + " failed with CKR 0x"
                    + Long.toHexString(result) + "; see the token's documentation");
        }
    }

    private static Memory zeroed(long size) {
        Memory memory = new Memory(size);
        memory.clear();
        return memory;
    }

    private static void setLong(Memory memory, long at, long value) {
        memory.setNativeLong(at, new NativeLong(value));
    }

    private static long getLong(Memory memory, long at) {
        return memory.getNativeLong(at).longValue();
    }

    /** Names the token and the key. */
    @Override
    public String toString() {
        return "Pkcs11Token[" + settings.token() + ", " + settings.key() + "]";
    }
}
