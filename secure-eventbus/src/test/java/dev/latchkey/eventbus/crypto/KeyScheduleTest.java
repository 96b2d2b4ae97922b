// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeyScheduleTest {
    private static final String OPERATION = "process_image";
    private static final long TIME = 1_790_000_000_000L;
    private static final byte[] SCOPE = Hex.text("scope");
    private static final byte[] SALT = Hex.bytes("000102030405060708090a0b0c0d0e0f");

    // Computed with Python's hmac module from the formulas in the design, not with this code: they pin the protocol.
    private static final String CALL_SEED = "910c3d66d567862c71de76364514c9fac935d0af58d8c520f54f6bce8a94d7db";
    private static final String AUTH_KEY = "e98dae5841db05e5da029f80f321c5a3f6cc37a402c4ff33093ec65f4381e1c5";
    private static final String AUTH_MAC = "327440b08d52caebf4faaa488509990aec10be17c03756bf67cc78b8893b690f";
    private static final String AUTHZ_KEY = "c34d7bfde2076c9d76e4e07bad5b699c9a2e3890288d634f0190417f3b3df07d";
    private static final String SCOPE_MAC = "8ca7a92852cf539e1e67884e951caa5d4c8754fdf0656852bb81e54dde8f3909";
    private static final String ENC_KEY = "f6353c5b5f988053a38cb92e554b7db0c904d49060793ce25ea0418b1948126d";
    private static final String REQUEST_KEY = "144078ada8207bff3bb5806dac9f25766630a2320703df88802103c530a9f54f";
    private static final String CALLER_KEY = "9275334ea6f20ab5c14f93b41198ad2b5d4a21696e67d7c3d98960eeb97a30d6";
    private static final String PROVIDER_KEY = "1b569be35b03868033f7dc087c9ed744a23ea502d61d70dbab2bf6a6db72e3fc";

    @Test
    void callSeed_knownSeed_matchesVector() {
        assertThat(Hex.of(KeySchedule.callSeed(seed(), OPERATION, TIME))).isEqualTo(CALL_SEED);
    }

    @Test
    void derive_knownSeed_matchesVectors() {
        OperationKeys keys = keys(seed(), OPERATION, TIME);
        assertThat(outputs(keys)).containsExactly(AUTH_MAC, SCOPE_MAC, REQUEST_KEY, CALLER_KEY, PROVIDER_KEY);
    }

    @Test
    void derive_independentFormula_agreesAndAllKeysDiffer() {
        byte[] input = Hex.bytes("0020" + CALL_SEED + "000d" + Hex.of(Hex.text(OPERATION)) + "000001a0c4506c00");
        String auth = hkdf(input, "latchkey/1 auth_salt", "authentication_key");
        String authz = hkdf(input, "latchkey/1 authz_salt", "authorization_key");
        String enc = hkdf(input, "latchkey/1 enc_salt", "encryption_key");
        assertThat(List.of(auth, authz, enc)).containsExactly(AUTH_KEY, AUTHZ_KEY, ENC_KEY);
        assertThat(Stream.of(CALL_SEED, auth, authz, enc, REQUEST_KEY, CALLER_KEY, PROVIDER_KEY))
                .doesNotHaveDuplicates();
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of("seed", Hex.tampered(seed().copy(), 31), OPERATION, TIME),
                Arguments.of("longer seed", new byte[33], OPERATION, TIME),
                Arguments.of("operation", seed().copy(), "process_imagf", TIME),
                Arguments.of("operation's case", seed().copy(), "Process_image", TIME),
                Arguments.of("timestamp", seed().copy(), OPERATION, TIME + 1),
                Arguments.of("timestamp's high half", seed().copy(), OPERATION, TIME + (1L << 32)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void derive_anyArgumentChanged_changesEveryKey(String what, byte[] seed, String operation, long time) {
        SecretBytes direct = SecretBytes.copyOf(seed);
        List<String> all = new ArrayList<>(outputs(KeySchedule.derive(seed(), OPERATION, TIME)));
        all.addAll(outputs(KeySchedule.derive(direct, operation, time)));
        all.addAll(outputs(keys(seed(), OPERATION, TIME)));
        all.addAll(outputs(keys(direct, operation, time)));
        assertThat(all).as(what).hasSize(20).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void callSeed_anyArgumentChanged_differs(String what, byte[] seed, String operation, long time) {
        SecretBytes changed = KeySchedule.callSeed(SecretBytes.copyOf(seed), operation, time);
        assertThat(Hex.of(changed)).as(what).isNotEqualTo(CALL_SEED);
    }

    // Seed and operation whose concatenation is the same; the second pair still is with a length before one part only.
    static Stream<Arguments> ambiguousPairs() {
        return Stream.of(
                Arguments.of("ab", "c", "a", "bc"),
                Arguments.of("a\0\1b", "c", "a", "b\0\1c"),
                Arguments.of("0123456789abcdef0123456789abcdefX", "op", "0123456789abcdef0123456789abcdef", "Xop"));
    }

    @ParameterizedTest
    @MethodSource("ambiguousPairs")
    void callSeed_sameConcatenation_differs(String seed, String operation, String otherSeed, String otherOperation) {
        SecretBytes one = KeySchedule.callSeed(secret(seed), operation, TIME);
        SecretBytes other = KeySchedule.callSeed(secret(otherSeed), otherOperation, TIME);
        assertThat(one.sameAs(other)).isFalse();
    }

    @ParameterizedTest
    @MethodSource("ambiguousPairs")
    void derive_sameConcatenation_differs(String seed, String operation, String otherSeed, String otherOperation) {
        List<String> all = new ArrayList<>(outputs(KeySchedule.derive(secret(seed), operation, TIME)));
        all.addAll(outputs(KeySchedule.derive(secret(otherSeed), otherOperation, TIME)));
        assertThat(all).hasSize(10).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uD800", "a\uDC00b"})
    void anyDerivation_emptyOrMalformedOperation_isRefused(String operation) {
        assertThatIllegalArgumentException().isThrownBy(() -> KeySchedule.callSeed(seed(), operation, TIME));
        assertThatIllegalArgumentException().isThrownBy(() -> KeySchedule.derive(seed(), operation, TIME));
    }

    @Test
    void anyDerivation_tooLongOperation_isRefused() {
        // Counted in bytes: 32768 characters of two bytes each.
        String operation = "é".repeat(32_768);
        assertThatIllegalArgumentException().isThrownBy(() -> KeySchedule.callSeed(seed(), operation, TIME));
        assertThatIllegalArgumentException().isThrownBy(() -> KeySchedule.derive(seed(), operation, TIME));
    }

    @Test
    void callSeed_longestOperation_isAccepted() {
        assertThat(KeySchedule.callSeed(seed(), "e".repeat(65_535), TIME).length())
                .isEqualTo(32);
    }

    @Test
    void anyDerivation_erasedSeed_throws() {
        SecretBytes seed = seed();
        seed.close();
        assertThatIllegalStateException().isThrownBy(() -> KeySchedule.callSeed(seed, OPERATION, TIME));
        assertThatIllegalStateException().isThrownBy(() -> KeySchedule.derive(seed, OPERATION, TIME));
    }

    @Test
    void authenticates_ownMac_isTrue() {
        assertThat(keys(seed(), OPERATION, TIME).authenticates(Hex.bytes(AUTH_MAC)))
                .isTrue();
    }

    @Test
    void authenticates_anythingElse_isFalse() {
        OperationKeys keys = keys(seed(), OPERATION, TIME);
        assertThat(keys.authenticates(new byte[0])).isFalse();
        assertThat(keys.authenticates(Hex.bytes(AUTH_MAC + "00"))).isFalse();
        for (int i = 0; i < 32; i++) {
            assertThat(keys.authenticates(Hex.tampered(Hex.bytes(AUTH_MAC), i))).isFalse();
        }
    }

    @Test
    void authorises_ownScope_isTrue() {
        assertThat(keys(seed(), OPERATION, TIME).authorises(SCOPE, Hex.bytes(SCOPE_MAC)))
                .isTrue();
    }

    @Test
    void authorises_anythingElse_isFalse() {
        OperationKeys keys = keys(seed(), OPERATION, TIME);
        assertThat(keys.authorises(Hex.text("scopf"), Hex.bytes(SCOPE_MAC))).isFalse();
        assertThat(keys.authorises(SCOPE, new byte[0])).isFalse();
        for (int i = 0; i < 32; i++) {
            assertThat(keys.authorises(SCOPE, Hex.tampered(Hex.bytes(SCOPE_MAC), i)))
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 17, 32})
    void replyKey_saltOfWrongLength_isRefused(int length) {
        OperationKeys keys = keys(seed(), OPERATION, TIME);
        assertThatIllegalArgumentException().isThrownBy(() -> keys.replyKey(ReplySide.PROVIDER, new byte[length]));
    }

    @Test
    void replyKey_otherSalt_differs() {
        OperationKeys keys = keys(seed(), OPERATION, TIME);
        assertThat(Hex.of(keys.replyKey(ReplySide.PROVIDER, Hex.tampered(SALT, 15))))
                .isNotEqualTo(PROVIDER_KEY);
    }

    @Test
    void close_keysHandedOut_stayAlive() {
        OperationKeys keys = keys(seed(), OPERATION, TIME);
        SecretBytes request = keys.requestKey();
        keys.close();
        assertThat(Hex.of(request)).isEqualTo(REQUEST_KEY);
    }

    @Test
    void claimKey_isTheSameOnBothSides_andAnothersIsNot() {
        byte[] name = keys(seed(), OPERATION, TIME).claimKey().name(7);
        assertThat(keys(seed(), OPERATION, TIME).claimKey().name(7)).isEqualTo(name);
        assertThat(keys(seed(), OPERATION, TIME + 1).claimKey().name(7)).isNotEqualTo(name);
    }

    private static OperationKeys keys(SecretBytes seed, String operation, long time) {
        return KeySchedule.derive(KeySchedule.callSeed(seed, operation, time), operation, time);
    }

    private static List<String> outputs(OperationKeys keys) {
        return List.of(
                Hex.of(keys.authenticationMac()),
                Hex.of(keys.scopeMac(SCOPE)),
                Hex.of(keys.requestKey()),
                Hex.of(keys.replyKey(ReplySide.CALLER, SALT)),
                Hex.of(keys.replyKey(ReplySide.PROVIDER, SALT)));
    }

    private static String hkdf(byte[] input, String salt, String info) {
        return Hex.of(Hkdf.derive(input, Hex.text(salt), Hex.text(info), 32));
    }

    private static SecretBytes seed() {
        return SecretBytes.taking(Hex.bytes("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
    }

    private static SecretBytes secret(String text) {
        return SecretBytes.taking(Hex.text(text));
    }
}
