// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.registration.ProviderKey;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The provider keys of one operation, oldest first. Immutable; all questions of time are pure functions of {@code now}.
 *
 * <p>Each key has a time from which it is active. Before that it is prepared: providers get it, nobody uses it. After its
 * successor's time it is retiring: honoured until the last token that was made with it has ended, then gone. So no
 * orchestrator has to act at the moment of a rotation, and all of them agree on it. Keys come from a {@link KeyRatchet}, so that
 * two orchestrators that cannot see each other agree on them too.
 */
public final class KeyLine {
    private static final int ENTRY_LENGTH = 2 * Long.BYTES + ProviderKey.LENGTH;

    /** Bounds of what a replacement leaps over: more epochs than a part that is cut off could make, and one in a million to meet. */
    private static final int SHORTEST_LEAP = 1 << 10;

    private static final int LONGEST_LEAP = 1 << 20;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final List<KeyEpoch> epochs;

    /** Makes the key that follows on the newest one. */
    private final KeyRatchet ratchet;

    private KeyLine(List<KeyEpoch> epochs, KeyRatchet ratchet) {
        this.epochs = List.copyOf(epochs);
        this.ratchet = ratchet;
    }

    /** A new line, whose first key is active at once. */
    static KeyLine start(long now, Duration interval) {
        return fresh(1, now, interval);
    }

    private static KeyLine fresh(long epoch, long now, Duration interval) {
        KeyRatchet ratchet = KeyRatchet.random();
        KeyLine first = new KeyLine(List.of(new KeyEpoch(epoch, now, ratchet.key())), ratchet.next());
        ratchet.erase();
        KeyLine line = first.advance(now, interval, Duration.ZERO);
        first.eraseAllBut(line);
        return line;
    }

    /**
     * The line as it should be at a time: with keys prepared for one whole interval beyond the next activation, and without
     * those that no living token was made with. The same object when nothing is to be done.
     *
     * @param interval between activations
     * @param honour how long after its successor's activation a key may still be needed
     */
    KeyLine advance(long now, Duration interval, Duration honour) {
        KeyLine line = this;
        while (newest(line.epochs).activeFrom() <= now + interval.toMillis()) {
            line = line.prolonged(this, now, interval);
        }
        return line.withoutEnded(now, honour);
    }

    /** With one more key; the chain that led to it is erased, unless the line that this began with still needs it. */
    private KeyLine prolonged(KeyLine first, long now, Duration interval) {
        List<KeyEpoch> next = new ArrayList<>(epochs);
        next.add(new KeyEpoch(highest() + 1, successorsTime(now, interval), ratchet.key()));
        KeyLine line = new KeyLine(next, ratchet.next());
        if (this != first) {
            ratchet.erase();
        }
        return line;
    }

    /** After an outage the missed activations are not made up for; the line goes on from now. */
    private long successorsTime(long now, Duration interval) {
        long due = newest(epochs).activeFrom() + interval.toMillis();
        return due > now ? due : now + interval.toMillis();
    }

    private KeyLine withoutEnded(long now, Duration honour) {
        int ended = 0;
        while (ended + 1 < epochs.size() && epochs.get(ended + 1).activeFrom() + honour.toMillis() <= now) {
            ended++;
        }
        return ended == 0 ? this : new KeyLine(epochs.subList(ended, epochs.size()), ratchet);
    }

    /**
     * The line after all its keys were given up: one that nobody has seen, from another chain, is active at once. Its number is one that
     * nobody else reaches who goes on with the old chain, or replaces it too, without seeing this line.
     */
    KeyLine replaced(long now, Duration interval) {
        return fresh(highest() + RANDOM.nextInt(SHORTEST_LEAP, LONGEST_LEAP), now, interval);
    }

    /**
     * The line with its next key active from a time on, unless it would be sooner anyway. Those after it keep their time.
     */
    KeyLine hastened(long from, long now) {
        List<KeyEpoch> next = new ArrayList<>(epochs);
        for (int i = 0; i < next.size(); i++) {
            KeyEpoch epoch = next.get(i);
            if (epoch.activeFrom() > now) {
                next.set(i, new KeyEpoch(epoch.epoch(), Math.min(epoch.activeFrom(), from), epoch.secret()));
                return new KeyLine(next, ratchet);
            }
        }
        return this;
    }

    private static KeyEpoch newest(List<KeyEpoch> epochs) {
        return epochs.get(epochs.size() - 1);
    }

    /** The key that tokens are made with at a time. */
    public KeyEpoch active(long now) {
        KeyEpoch active = epochs.get(0);
        for (KeyEpoch epoch : epochs) {
            if (epoch.activeFrom() <= now) {
                active = epoch;
            }
        }
        return active;
    }

    /** All keys that a provider should hold: retiring, active and prepared. */
    public List<KeyEpoch> epochs() {
        return epochs;
    }

    /** The highest number in the line. */
    long highest() {
        return newest(epochs).epoch();
    }

    /** True when the other line is a later state of the same keys: it has a higher number, or one that begins sooner. */
    boolean isBehind(KeyLine other) {
        return highest() < other.highest() || epochs.stream().anyMatch(other::beginsSooner);
    }

    private boolean beginsSooner(KeyEpoch than) {
        return epochs.stream()
                .anyMatch(epoch -> epoch.epoch() == than.epoch() && epoch.activeFrom() < than.activeFrom());
    }

    /** True when both lines hold the same numbers at the same times. */
    boolean sameEpochs(KeyLine other) {
        return toString().equals(other.toString());
    }

    /** Erases the keys that the other line does not use. */
    void eraseAllBut(KeyLine other) {
        for (KeyEpoch epoch : epochs) {
            if (!other.epochs.contains(epoch)) {
                epoch.secret().close();
            }
        }
        if (ratchet != other.ratchet) {
            ratchet.erase();
        }
    }

    void erase() {
        epochs.forEach(epoch -> epoch.secret().close());
        ratchet.erase();
    }

    byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(KeyRatchet.LENGTH + epochs.size() * ENTRY_LENGTH);
        putAndWipe(out, ratchet.copy());
        for (KeyEpoch epoch : epochs) {
            out.putLong(epoch.epoch()).putLong(epoch.activeFrom());
            putAndWipe(out, epoch.secret().copy());
        }
        return out.array();
    }

    private static void putAndWipe(ByteBuffer out, byte[] secret) {
        out.put(secret);
        Arrays.fill(secret, (byte) 0);
    }

    /** True for what {@link #fromBytes} reads. Asked first, so that no key is read that nobody erases. */
    static boolean isReadable(byte[] bytes) {
        return bytes.length > KeyRatchet.LENGTH && (bytes.length - KeyRatchet.LENGTH) % ENTRY_LENGTH == 0;
    }

    static KeyLine fromBytes(byte[] bytes) {
        if (!isReadable(bytes)) {
            throw new IllegalArgumentException("a line is a chain and one or more keys; its length is " + bytes.length);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes);
        KeyRatchet ratchet = KeyRatchet.taking(secret(in));
        List<KeyEpoch> epochs = new ArrayList<>();
        while (in.hasRemaining()) {
            epochs.add(new KeyEpoch(in.getLong(), in.getLong(), SecretBytes.taking(secret(in))));
        }
        return new KeyLine(epochs, ratchet);
    }

    private static byte[] secret(ByteBuffer in) {
        byte[] secret = new byte[ProviderKey.LENGTH];
        in.get(secret);
        return secret;
    }

    /** Shows numbers and times. */
    @Override
    public String toString() {
        return epochs.toString();
    }
}
