// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.state;

import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.registration.ProviderKey;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The provider keys of one operation, oldest first. Immutable; all questions of time are pure functions of {@code now}.
 *
 * <p>Each key has a time from which it is active. Before that it is prepared: providers get it, nobody uses it. After its
 * successor's time it is retiring: honoured until the last token that was made with it has ended, then gone. So no
 * orchestrator has to act at the moment of a rotation, and all of them agree on it.
 */
public final class KeyLine {
    private static final int ENTRY_LENGTH = 2 * Long.BYTES + ProviderKey.LENGTH;

    private final List<KeyEpoch> epochs;

    private KeyLine(List<KeyEpoch> epochs) {
        this.epochs = List.copyOf(epochs);
    }

    /** A new line, whose first key is active at once. */
    static KeyLine start(long now, Duration interval) {
        return new KeyLine(List.of(KeyEpoch.fresh(1, now))).advance(now, interval, Duration.ZERO);
    }

    /**
     * The line as it should be at a time: with keys prepared for one whole interval beyond the next activation, and without
     * those that no living token was made with. The same object when nothing is to be done.
     *
     * @param interval between activations
     * @param honour how long after its successor's activation a key may still be needed
     */
    KeyLine advance(long now, Duration interval, Duration honour) {
        List<KeyEpoch> next = new ArrayList<>(epochs);
        while (newest(next).activeFrom() <= now + interval.toMillis()) {
            next.add(successor(newest(next), now, interval));
        }
        while (next.size() > 1 && next.get(1).activeFrom() + honour.toMillis() <= now) {
            next.remove(0);
        }
        return next.equals(epochs) ? this : new KeyLine(next);
    }

    /** After an outage the missed activations are not made up for; the line goes on from now. */
    private static KeyEpoch successor(KeyEpoch newest, long now, Duration interval) {
        long due = newest.activeFrom() + interval.toMillis();
        return KeyEpoch.fresh(newest.epoch() + 1, due > now ? due : now + interval.toMillis());
    }

    /** The line after all its keys were given up: one that nobody has seen is active at once, under the next number. */
    KeyLine replaced(long now, Duration interval) {
        return new KeyLine(List.of(KeyEpoch.fresh(highest() + 1, now))).advance(now, interval, Duration.ZERO);
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
                return new KeyLine(next);
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
    }

    void erase() {
        epochs.forEach(epoch -> epoch.secret().close());
    }

    byte[] toBytes() {
        ByteBuffer out = ByteBuffer.allocate(epochs.size() * ENTRY_LENGTH);
        for (KeyEpoch epoch : epochs) {
            byte[] secret = epoch.secret().copy();
            out.putLong(epoch.epoch()).putLong(epoch.activeFrom()).put(secret);
            Arrays.fill(secret, (byte) 0);
        }
        return out.array();
    }

    /** True for what {@link #fromBytes} reads. Asked first, so that no key is read that nobody erases. */
    static boolean isReadable(byte[] bytes) {
        return bytes.length > 0 && bytes.length % ENTRY_LENGTH == 0;
    }

    static KeyLine fromBytes(byte[] bytes) {
        List<KeyEpoch> epochs = new ArrayList<>();
        for (ByteBuffer in = ByteBuffer.wrap(bytes); in.hasRemaining(); ) {
            long epoch = in.getLong();
            long activeFrom = in.getLong();
            byte[] secret = new byte[ProviderKey.LENGTH];
            in.get(secret);
            epochs.add(new KeyEpoch(epoch, activeFrom, SecretBytes.taking(secret)));
        }
        if (epochs.isEmpty()) {
            throw new IllegalArgumentException("a line has at least one key");
        }
        return new KeyLine(epochs);
    }

    /** Shows numbers and times. */
    @Override
    public String toString() {
        return epochs.toString();
    }
}
