// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import dev.latchkey.eventbus.crypto.HpkeSender;
import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.crypto.SecretBytes;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;

/** A registration, sealed, on the instance's side; opens the answer to it. Used once. */
public final class Question implements AutoCloseable {
    private final Buffer sealed;
    private final byte[] encapsulatedKey;
    private final SaltedBox answerBox;

    private Question(Buffer sealed, byte[] encapsulatedKey, SaltedBox answerBox) {
        this.sealed = sealed;
        this.encapsulatedKey = encapsulatedKey;
        this.answerBox = answerBox;
    }

    /** Seals a registration to the orchestrators' public key. */
    public static Question seal(Registration registration, byte[] registrationKey, String trustDomain) {
        HpkeSender sender = HpkeSender.to(registrationKey, RegistrationWire.info(trustDomain));
        byte[] plain = RegistrationFormat.write(registration);
        try (SecretBytes secret = sender.export(RegistrationWire.exportContext(), RegistrationWire.EXPORT_LENGTH)) {
            byte[] ciphertext = sender.seal(RegistrationWire.associatedData(), plain);
            byte[] key = sender.encapsulatedKey();
            return new Question(frame(key, ciphertext), key, new SaltedBox(secret, RegistrationWire.ANSWER_PURPOSE));
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static Buffer frame(byte[] key, byte[] ciphertext) {
        return Buffer.buffer()
                .appendByte(RegistrationWire.VERSION)
                .appendBytes(key)
                .appendBytes(ciphertext);
    }

    /** The bytes to send. */
    public Buffer sealed() {
        return sealed;
    }

    /**
     * The answer.
     *
     * @throws OpenFailedException when nobody who can read the question wrote it
     */
    public Answer open(Buffer answer) throws OpenFailedException {
        byte[] plain = answerBox.open(encapsulatedKey, answer.getBytes());
        try {
            return AnswerFormat.read(plain);
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    @Override
    public void close() {
        answerBox.close();
    }
}
