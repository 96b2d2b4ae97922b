// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.registration;

import dev.latchkey.eventbus.crypto.HpkeKeyPair;
import dev.latchkey.eventbus.crypto.HpkeReceiver;
import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.SaltedBox;
import dev.latchkey.eventbus.crypto.SecretBytes;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.HexFormat;

/** A registration on the orchestrator's side; seals the answer to it. Used once. */
public final class ReceivedQuestion implements AutoCloseable {
    private final Registration registration;
    private final byte[] encapsulatedKey;
    private final SaltedBox answerBox;

    private ReceivedQuestion(Registration registration, byte[] encapsulatedKey, SaltedBox answerBox) {
        this.registration = registration;
        this.encapsulatedKey = encapsulatedKey;
        this.answerBox = answerBox;
    }

    /**
     * Opens a question.
     *
     * @throws OpenFailedException when it was not sealed to this key for this trust domain, or cannot be read
     */
    public static ReceivedQuestion open(Buffer question, HpkeKeyPair keys, String trustDomain)
            throws OpenFailedException {
        byte[] bytes = question.getBytes();
        if (bytes.length <= RegistrationWire.SEALED_OFFSET || bytes[0] != RegistrationWire.VERSION) {
            throw new OpenFailedException();
        }
        byte[] key = Arrays.copyOfRange(bytes, RegistrationWire.KEY_OFFSET, RegistrationWire.SEALED_OFFSET);
        HpkeReceiver receiver = HpkeReceiver.from(keys, key, RegistrationWire.info(trustDomain));
        byte[] sealed = Arrays.copyOfRange(bytes, RegistrationWire.SEALED_OFFSET, bytes.length);
        return received(receiver, key, receiver.open(RegistrationWire.associatedData(), sealed));
    }

    private static ReceivedQuestion received(HpkeReceiver receiver, byte[] key, byte[] plain)
            throws OpenFailedException {
        try (SecretBytes secret = receiver.export(RegistrationWire.exportContext(), RegistrationWire.EXPORT_LENGTH)) {
            Registration registration = RegistrationFormat.read(plain);
            return new ReceivedQuestion(registration, key, new SaltedBox(secret, RegistrationWire.ANSWER_PURPOSE));
        } catch (RuntimeException e) {
            // Well sealed and not readable: another version, or somebody who probes the parser.
            throw new OpenFailedException();
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** What was asked. */
    public Registration registration() {
        return registration;
    }

    /** Names this very question; a second arrival has the same name. */
    public String fingerprint() {
        return HexFormat.of().formatHex(encapsulatedKey);
    }

    /** The answer's bytes. */
    public Buffer seal(Answer answer) {
        byte[] plain = AnswerFormat.write(answer);
        try {
            return Buffer.buffer(answerBox.seal(encapsulatedKey, plain));
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    /** Erases the seed and the answer's key. */
    @Override
    public void close() {
        registration.seed().close();
        answerBox.close();
    }
}
