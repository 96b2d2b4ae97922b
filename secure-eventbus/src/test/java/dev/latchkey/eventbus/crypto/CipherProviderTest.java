// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.CipherSpi;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A cipher that is not the JDK's has to show that it does the same, before the first message depends on it. */
class CipherProviderTest {
    private static final Provider JDK = Security.getProvider("SunJCE");

    /** What a provider may do wrong. */
    enum Flaw {
        NONE,
        SEALS_OTHERWISE,
        OPENS_OTHERWISE,
        OPENS_WHAT_WAS_CHANGED,
        IGNORES_WHAT_IS_ONLY_AUTHENTICATED,
        THROWS
    }

    /** Made by the JDK's own lookup. */
    static final class Flawed extends Provider {
        private static final long serialVersionUID = 1L;

        Flawed(Flaw flaw) {
            super("Flawed", "1", "for a test");
            putService(new Service(this, "Cipher", "AES/GCM/NoPadding", FlawedCipher.class.getName(), null, null) {
                @Override
                public Object newInstance(@Nullable Object parameter) {
                    return new FlawedCipher(flaw);
                }
            });
        }
    }

    /** The JDK's cipher, and its flaw. */
    static final class FlawedCipher extends CipherSpi {
        private final Flaw flaw;
        private final Cipher jdk;
        private boolean opens;

        FlawedCipher(Flaw flaw) {
            this.flaw = flaw;
            try {
                jdk = Cipher.getInstance("AES/GCM/NoPadding", JDK);
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        protected void engineInit(int mode, Key key, AlgorithmParameterSpec parameters, SecureRandom random) {
            opens = mode == Cipher.DECRYPT_MODE;
            try {
                jdk.init(mode, key, parameters);
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        protected void engineUpdateAAD(byte[] bytes, int offset, int length) {
            if (flaw != Flaw.IGNORES_WHAT_IS_ONLY_AUTHENTICATED) {
                jdk.updateAAD(bytes, offset, length);
            }
        }

        @Override
        protected byte[] engineDoFinal(byte[] in, int offset, int length) throws AEADBadTagException {
            if (flaw == Flaw.THROWS) {
                throw new UnsupportedOperationException("not here");
            }
            try {
                byte[] out = jdk.doFinal(in, offset, length);
                boolean wrong = flaw == (opens ? Flaw.OPENS_OTHERWISE : Flaw.SEALS_OTHERWISE);
                if (wrong && out.length > 0) {
                    out[0] ^= 1;
                }
                return out;
            } catch (AEADBadTagException e) {
                if (flaw == Flaw.OPENS_WHAT_WAS_CHANGED) {
                    return new byte[length];
                }
                throw e;
            } catch (GeneralSecurityException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        protected int engineDoFinal(byte[] in, int offset, int length, byte[] out, int to) throws AEADBadTagException {
            byte[] done = engineDoFinal(in, offset, length);
            System.arraycopy(done, 0, out, to, done.length);
            return done.length;
        }

        @Override
        protected int engineGetOutputSize(int length) {
            return length + 16;
        }

        @Override
        protected void engineSetMode(String mode) {}

        @Override
        protected void engineSetPadding(String padding) {}

        @Override
        protected int engineGetBlockSize() {
            return 16;
        }

        @Override
        protected byte @Nullable [] engineGetIV() {
            return null;
        }

        @Override
        protected @Nullable AlgorithmParameters engineGetParameters() {
            return null;
        }

        @Override
        protected void engineInit(int mode, Key key, SecureRandom random) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected void engineInit(int mode, Key key, AlgorithmParameters parameters, SecureRandom random) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected byte @Nullable [] engineUpdate(byte[] in, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        protected int engineUpdate(byte[] in, int offset, int length, byte[] out, int to) {
            throw new UnsupportedOperationException();
        }
    }

    /** The JDK's in the usual run of these tests; Amazon's in the profile {@code corretto}. */
    @Test
    void nothingNamed_itIsAmazonsWhereThatIsThere_andElseTheJdks() {
        CipherProvider.Choice expected = CipherProvider.prefer("AmazonCorrettoCryptoProvider");

        assertThat(CipherProvider.newCipher().getProvider().getName())
                .isEqualTo(expected.provider().getName());
        assertThat(CipherProvider.require(text -> {}))
                .isEqualTo(expected.provider().getName());
    }

    @Test
    void provider_installedUnderItsName_isTaken() {
        Provider installed = new BouncyCastleProvider();
        Security.addProvider(installed);
        try {
            assertThat(CipherProvider.choose("BC")).isSameAs(installed);
        } finally {
            Security.removeProvider("BC");
        }
    }

    @Test
    void provider_onTheClassPath_isFoundByName() {
        assertThat(CipherProvider.choose("ProviderForTests")).isInstanceOf(ProviderForTests.class);
    }

    @Test
    void preferred_onTheClassPath_isTakenUnasked() {
        CipherProvider.Choice choice = CipherProvider.prefer("ProviderForTests");

        assertThat(choice.provider()).isInstanceOf(ProviderForTests.class);
        assertThat(choice.complaint()).isNull();
    }

    /** Unasked, no other provider of the class path is even made: some take long, or fail. */
    @Test
    void preferred_notThere_makesNoOther() {
        int before = ProviderForTests.MADE.get();
        CipherProvider.prefer("Amazon");
        assertThat(ProviderForTests.MADE).hasValue(before);
    }

    @Test
    void preferred_notThere_givesWayToTheJdks() {
        assertThat(CipherProvider.prefer("Amazon")).isEqualTo(CipherProvider.Choice.of(JDK));
    }

    @Test
    void preferred_thatFailsItsTrial_givesWayToTheJdks_andSaysSo() {
        CipherProvider.Choice choice = CipherProvider.prefer("SunEC");

        assertThat(choice.provider()).isSameAs(JDK);
        assertThat(choice.complaint())
                .startsWith("AES-GCM of the JDK instead of SunEC, which is there and cannot be used: ");
    }

    @Test
    void name_ofNone_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CipherProvider.choose("Amazon"))
                .withMessage(
                        "latchkey.cipher.provider: no security provider is named 'Amazon'; put its jar on the class path,"
                                + " or leave the property out");
    }

    @Test
    void provider_withoutTheAlgorithm_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CipherProvider.choose("SunEC"))
                .withMessageContaining("AES-GCM of the security provider 'SunEC' cannot be used here");
    }

    @Test
    void trial_ofAnEqual_passes() {
        assertThatNoException().isThrownBy(() -> CipherTrial.require(new Flawed(Flaw.NONE), JDK));
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void trial_ofAFlaw_fails(Flaw flaw) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CipherTrial.require(new Flawed(flaw), JDK))
                .withMessageContaining("'Flawed' cannot be used here")
                .withMessageEndingWith("leave the property out");
    }
}
