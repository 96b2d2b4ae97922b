// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.registration.NodeAddress;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only what an orchestrator signed, for this trust domain and operation, under this key, is an update. */
class DirectoryBoxTest {
    private static final String DOMAIN = "test.example";
    private final SigningKey signing = SigningKey.generate();
    private final SecretBytes key = SecretBytes.random(32);
    private final DirectoryBox box = new DirectoryBox("read", 3, key);
    private final DirectoryUpdate update = new DirectoryUpdate(
            "0123456789abcdef",
            7,
            1_000,
            Map.of(),
            List.of(
                    ProviderEntry.living("00000000000000aa", "web", new NodeAddress("n", "127.0.0.1", 9), 5_000),
                    ProviderEntry.living("00000000000000bb", "web", null, 6_000),
                    ProviderEntry.ended("00000000000000cc", 7_000)));

    private DirectoryUpdate open(DirectoryBox opened, Buffer message, SigningKey trusted, String domain)
            throws OpenFailedException {
        return opened.open(message, List.of(trusted.verifyingKey()), domain);
    }

    private Buffer sealed() {
        return box.seal(update, signing, DOMAIN);
    }

    @Test
    void open_sealed_isTheUpdate() throws OpenFailedException {
        assertThat(open(box, sealed(), signing, DOMAIN)).isEqualTo(update);
        DirectoryUpdate whole = new DirectoryUpdate("x", 0, 1, Map.of("x", 0L, "y", 4L), update.entries());
        assertThat(open(box, box.seal(whole, signing, DOMAIN), signing, DOMAIN)).isEqualTo(whole);
        assertThat(whole.isWhole()).isTrue();
    }

    @Test
    void open_signedByAnother_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(box, sealed(), SigningKey.generate(), DOMAIN))
                .withMessage("the update is not signed by a trusted key");
    }

    @Test
    void open_ofAnotherTrustDomain_isRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> open(box, sealed(), signing, "other.example"));
    }

    /** The same key by mistake: the operation is bound all the same, by the box and by the signature. */
    @Test
    void open_ofAnotherOperationOrEpoch_doesNotOpen() {
        for (DirectoryBox other : List.of(new DirectoryBox("write", 3, key), new DirectoryBox("read", 4, key))) {
            assertThatExceptionOfType(OpenFailedException.class)
                    .isThrownBy(() -> open(other, sealed(), signing, DOMAIN));
        }
    }

    @Test
    void open_withoutTheKey_doesNotOpen() {
        DirectoryBox intruder = new DirectoryBox("read", 3, SecretBytes.random(32));
        assertThatExceptionOfType(OpenFailedException.class)
                .isThrownBy(() -> open(intruder, sealed(), signing, DOMAIN));
    }

    @Test
    void open_anyByteChanged_isRefused() {
        Buffer honest = sealed();
        for (int i = 9; i < honest.length(); i++) {
            Buffer changed = honest.copy().setByte(i, (byte) (honest.getByte(i) ^ 1));
            assertThatExceptionOfType(OpenFailedException.class).isThrownBy(() -> open(box, changed, signing, DOMAIN));
        }
    }

    @Test
    void question_isTakenUnderItsKeyOnly_andForNoUpdate() throws OpenFailedException {
        Buffer question = box.question(1_234);
        assertThat(box.openQuestion(question)).isEqualTo(1_234);
        assertThatExceptionOfType(OpenFailedException.class)
                .isThrownBy(() -> new DirectoryBox("write", 3, key).openQuestion(question));
        assertThatExceptionOfType(OpenFailedException.class).isThrownBy(() -> box.openQuestion(sealed()));
        assertThatExceptionOfType(OpenFailedException.class).isThrownBy(() -> open(box, question, signing, DOMAIN));
    }

    @Test
    void claimedEpoch_ofAnUpdate_isItsEpoch() {
        assertThat(DirectoryBox.claimedEpoch(sealed())).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 9, 56, DirectoryBox.MAX_LENGTH + 1})
    void claimedEpoch_tooShortOrTooLong_isNone(int length) {
        assertThat(DirectoryBox.claimedEpoch(Buffer.buffer(new byte[length]).copy()))
                .isEqualTo(-1);
    }

    @Test
    void claimedEpoch_anotherTypeOrVersion_isNone() {
        assertThat(DirectoryBox.claimedEpoch("text")).isEqualTo(-1);
        assertThat(DirectoryBox.claimedEpoch(sealed().setByte(0, (byte) 2))).isEqualTo(-1);
    }

    @Test
    void toString_neverShowsTheKey() {
        assertThat(box).hasToString("DirectoryBox[read, epoch 3]");
    }
}
