// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every class that keeps a secret: it erases it, it throws afterwards, it never prints it. */
class SecretHoldersTest {
    private static final byte[] NONE = {};
    private static final byte[] SALT = new byte[16];

    static Stream<AutoCloseable> holders() {
        SecretBytes secret = SecretBytes.random(32);
        return Stream.concat(Stream.of(secret), copiesOf(secret).stream());
    }

    @ParameterizedTest
    @MethodSource("holders")
    void close_anyHolder_leavesOnlyZeros(AutoCloseable holder) throws Exception {
        List<Content> contents = contentsOf(holder);
        assertThat(contents).isNotEmpty().noneMatch(Content::isZero);
        holder.close();
        holder.close();
        assertThat(contents).allMatch(Content::isZero);
    }

    @ParameterizedTest
    @MethodSource("holders")
    void toString_anyHolder_hidesContent(AutoCloseable holder) throws Exception {
        for (Content content : contentsOf(holder)) {
            assertThat(holder.toString()).doesNotContainIgnoringCase(runsOf(Hex.of(content.bytes())));
        }
    }

    @ParameterizedTest
    @MethodSource("holders")
    void toString_anyHolder_namesItsClass(AutoCloseable holder) {
        assertThat(holder.toString()).startsWith(holder.getClass().getSimpleName() + "[");
    }

    @Test
    void toString_aesKey_hidesContent() {
        AesKey key = AesKey.forOneUse(SecretBytes.random(32));
        assertThat(key).hasToString("AesKey[secret]");
    }

    @Test
    void destroy_aesKey_isDestroyedAndEncodesNoMore() {
        AesKey key = AesKey.forOneUse(SecretBytes.random(32));
        assertThat(key.isDestroyed()).isFalse();
        key.destroy();
        assertThat(key.isDestroyed()).isTrue();
        assertThatIllegalStateException().isThrownBy(key::getEncoded);
    }

    @Test
    void format_aesKey_isThatOfItsEncoding() {
        assertThat(AesKey.forOneUse(SecretBytes.random(32)).getFormat()).isEqualTo("RAW");
    }

    @Test
    void close_anyHolder_leavesTheArgumentAlone() throws Exception {
        byte[] sevens = new byte[32];
        Arrays.fill(sevens, (byte) 7);
        SecretBytes secret = SecretBytes.taking(sevens);
        for (AutoCloseable copy : copiesOf(secret)) {
            copy.close();
        }
        assertThat(secret.copy()).containsOnly(7);
    }

    @Test
    void anyUse_closed_throws() {
        closedUses()
                .forEach((name, use) ->
                        assertThatIllegalStateException().as(name).isThrownBy(use));
    }

    private static List<AutoCloseable> copiesOf(SecretBytes secret) {
        return List.of(
                new SealingKey(secret),
                new OpeningKey(secret),
                new SaltedBox(secret, "test"),
                HpkeKeyPair.of(secret),
                SigningKey.of(secret),
                KeySchedule.derive(secret, "op", 1));
    }

    private static Map<String, ThrowingCallable> closedUses() {
        SecretBytes secret = SecretBytes.random(32);
        OperationKeys keys = closed(KeySchedule.derive(secret, "op", 1));
        SealingKey sealing = new SealingKey(secret);
        long sequence = sealing.claim();
        sealing.close();
        OpeningKey opening = closed(new OpeningKey(secret));
        SaltedBox box = closed(new SaltedBox(secret, "test"));
        HpkeKeyPair pair = closed(HpkeKeyPair.of(secret));
        SigningKey signing = closed(SigningKey.of(secret));
        return Map.ofEntries(
                Map.entry("authenticationMac", keys::authenticationMac),
                Map.entry("authenticates", () -> keys.authenticates(NONE)),
                Map.entry("scopeMac", () -> keys.scopeMac(NONE)),
                Map.entry("authorises", () -> keys.authorises(NONE, NONE)),
                Map.entry("requestKey", keys::requestKey),
                Map.entry("replyKey", () -> keys.replyKey(ReplySide.CALLER, SALT)),
                Map.entry("seal", () -> sealing.seal(sequence, NONE, 0, NONE, 0, 0, new byte[16], 0)),
                Map.entry("open", () -> opening.open(0, NONE, 0, new byte[16], 0, 16, NONE)),
                Map.entry("box seal", () -> box.seal(NONE, NONE)),
                Map.entry("box open", () -> box.open(NONE, new byte[48])),
                Map.entry("HPKE private key", pair::privateKey),
                Map.entry("HPKE receive", () -> HpkeReceiver.from(pair, new byte[32], NONE)),
                Map.entry("sign", () -> signing.sign(NONE)),
                Map.entry("signing private key", signing::privateKey));
    }

    private static <T extends AutoCloseable> T closed(T holder) {
        try {
            holder.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return holder;
    }

    /** Where a secret stands: in an array, or in a field of eight bytes. */
    private record Content(Object holder, Field field) {
        byte[] bytes() {
            Object content = read(field, holder);
            return content instanceof byte[] array
                    ? array
                    : ByteBuffer.allocate(Long.BYTES).putLong((long) content).array();
        }

        boolean isZero() {
            return SecretHoldersTest.isZero(bytes());
        }
    }

    /** Finds where all secrets of the object stand, through the classes of our package. */
    private static List<Content> contentsOf(Object holder) {
        List<Content> found = new ArrayList<>();
        for (Field field : holder.getClass().getDeclaredFields()) {
            boolean inArray = holder instanceof SecretBytes && field.getType() == byte[].class;
            boolean inField = holder instanceof AesKey
                    && field.getType() == long.class
                    && !Modifier.isStatic(field.getModifiers());
            if (inArray || inField) {
                found.add(new Content(holder, field));
            } else if (field.getType() == SecretBytes.class || field.getType() == AesKey.class) {
                found.addAll(contentsOf(read(field, holder)));
            }
        }
        return found;
    }

    private static Object read(Field field, Object holder) {
        try {
            field.setAccessible(true);
            return field.get(holder);
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    /** Returns every run of eight digits. */
    private static String[] runsOf(String hex) {
        return IntStream.rangeClosed(0, hex.length() - 8)
                .mapToObj(start -> hex.substring(start, start + 8))
                .toArray(String[]::new);
    }

    private static boolean isZero(byte[] content) {
        for (byte b : content) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
