// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks;

/**
 * In which order callers send. It jumps, so that none is found in a processor's caches because its neighbour was there. Either all take
 * turns, or some of them for a while, and then as many others: who has something to send mostly has more than one message.
 */
public final class Turns {
    /** How many messages each of those who take turns sends before others do. */
    public static final int EACH = 100;

    /** A prime, and so a stride that comes by every caller. */
    private static final int STRIDE = 7919;

    private final int all;
    private final int together;
    private int first;
    private int next;
    private int members;
    private int rounds;

    /**
     * Those that have not begun.
     *
     * @param together how many take turns with each other; 0 for all
     */
    public Turns(int all, int together) {
        this.all = all;
        this.together = together == 0 ? all : Math.min(together, all);
    }

    /** Whose turn it is. */
    public int next() {
        int turn = next;
        next = (next + STRIDE) % all;
        if (++members == together) {
            endRound();
        }
        return turn;
    }

    private void endRound() {
        members = 0;
        if (++rounds < EACH) {
            next = first;
        } else {
            rounds = 0;
            first = next;
        }
    }
}
