// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import dev.latchkey.eventbus.crypto.OpenFailedException;
import dev.latchkey.eventbus.crypto.OpeningKey;
import dev.latchkey.eventbus.crypto.SealingKey;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.examples.node.NodeException;
import java.util.Arrays;

/**
 * One ciphertext with one tag that opens under two keys, to a text of its maker's choice under the first, and to another under the
 * second.
 *
 * <p>AES-GCM commits to no key, so who knows two keys can make one (Grubbs, Lu and Ristenpart, 2017). The tag is linear in each block of
 * the ciphertext: with both keys' tags of a text that ends in a block of zeros, the block that makes them equal is their difference,
 * divided by the difference of what the keys multiply that block by. The number of the message is chosen so that the first bytes
 * under the second key are of use too.
 *
 * @param sequence the number that both open it with
 * @param aad the associated data that both open it with
 * @param sealed ciphertext and tag
 */
@SuppressWarnings("ArrayRecordComponent") // Sent, never compared.
record TwoKeys(long sequence, byte[] aad, byte[] sealed) {
    private static final long MOST_NUMBERS = 1L << 21;

    /** Which associated data a message of a number has. */
    @FunctionalInterface
    interface Header {
        byte[] of(long sequence);
    }

    /**
     * Makes one.
     *
     * @param text what it says under the first key; readers have to ignore what comes behind it
     * @param beginning how it begins under the second key: two bytes or so, each of which makes the search 256 times as long
     */
    static TwoKeys of(byte[] first, byte[] second, Header header, byte[] text, byte[] beginning) throws NodeException {
        GcmKey one = new GcmKey(first);
        GcmKey other = new GcmKey(second);
        long sequence = number(one, other, text, beginning);
        byte[] aad = header.of(sequence);
        byte[] ciphertext = ciphertext(one.stream(sequence, text.length), text);
        Gf128 difference = one.tag(sequence, aad, ciphertext).plus(other.tag(sequence, aad, ciphertext));
        Gf128 weights = one.weightOfLastBlock().plus(other.weightOfLastBlock());
        byte[] block = difference.times(weights.inverse()).bytes();
        System.arraycopy(block, 0, ciphertext, ciphertext.length - Gf128.BYTES, Gf128.BYTES);
        return new TwoKeys(
                sequence,
                aad,
                joined(ciphertext, one.tag(sequence, aad, ciphertext).bytes()));
    }

    /** A number under which one ciphertext begins with both. */
    private static long number(GcmKey one, GcmKey other, byte[] text, byte[] beginning) throws NodeException {
        for (long sequence = 0; sequence < MOST_NUMBERS; sequence++) {
            byte[] under = other.stream(sequence, beginning.length);
            byte[] cipher = xored(one.stream(sequence, beginning.length), text, beginning.length);
            if (Arrays.equals(xored(under, beginning, beginning.length), cipher)) {
                return sequence;
            }
        }
        throw new NodeException("no number suits both keys");
    }

    /** The beginning of a text, hidden. */
    private static byte[] xored(byte[] stream, byte[] text, int length) {
        byte[] hidden = new byte[length];
        for (int i = 0; i < length; i++) {
            hidden[i] = (byte) (text[i] ^ stream[Gf128.BYTES + i]);
        }
        return hidden;
    }

    /** The text, hidden, zeros up to the end of its block, and the block that is free. */
    private static byte[] ciphertext(byte[] stream, byte[] text) {
        int blocks = (text.length + Gf128.BYTES - 1) / Gf128.BYTES;
        return Arrays.copyOf(xored(stream, text, text.length), (blocks + 1) * Gf128.BYTES);
    }

    private static byte[] joined(byte[] ciphertext, byte[] tag) {
        byte[] both = Arrays.copyOf(ciphertext, ciphertext.length + tag.length);
        System.arraycopy(tag, 0, both, ciphertext.length, tag.length);
        return both;
    }

    /** True when the library's own cipher opens it under a key, to a text that begins so. */
    boolean opensUnder(SecretBytes key, byte[] beginning) {
        try (OpeningKey opening = new OpeningKey(key)) {
            byte[] text = new byte[sealed.length - SealingKey.TAG_LENGTH];
            opening.open(sequence, aad, aad.length, sealed, 0, sealed.length, text);
            return Arrays.equals(text, 0, beginning.length, beginning, 0, beginning.length);
        } catch (OpenFailedException e) {
            return false;
        }
    }
}
