// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.wire;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/**
 * Looks for many needles at once, one table look-up a byte (Aho and Corasick, 1975).
 *
 * <p>The states are the nodes of a trie of all needles; a state stands for the longest beginning of a needle that the
 * bytes so far end with. Where the trie has no branch, the transition leads to the state of the next shorter such
 * beginning, filled in breadth first. So nothing is ever read twice, and a search goes on in the middle of a needle
 * when the next chunk arrives: its whole memory is one number. The table takes 1 KiB for each byte of a needle, hence
 * the bound.
 */
final class NeedleAutomaton {

    static final int START = 0;
    static final int MAX_TOTAL_BYTES = 8 * 1024;

    private static final int SYMBOLS = 256;
    private static final int NONE = -1;
    private static final int[] NO_NEEDLES = {};

    private final List<int[]> next = new ArrayList<>();
    private final List<int[]> found = new ArrayList<>();

    NeedleAutomaton(List<byte[]> needles) {
        checkSize(needles);
        addState();
        for (int i = 0; i < needles.size(); i++) {
            addNeedle(i, needles.get(i));
        }
        completeTransitions();
    }

    /** The state after one more byte. */
    int step(int state, byte symbol) {
        return next.get(state)[symbol & 0xFF];
    }

    /** The indexes of all needles that end here. */
    int[] found(int state) {
        return found.get(state);
    }

    private static void checkSize(List<byte[]> needles) {
        int total = needles.stream().mapToInt(needle -> needle.length).sum();
        if (total > MAX_TOTAL_BYTES) {
            throw new IllegalArgumentException("the needles have " + total + " bytes; look for at most 8192");
        }
    }

    private int addState() {
        int[] transitions = new int[SYMBOLS];
        Arrays.fill(transitions, NONE);
        next.add(transitions);
        found.add(NO_NEEDLES);
        return next.size() - 1;
    }

    private void addNeedle(int index, byte[] needle) {
        int state = START;
        for (byte symbol : needle) {
            state = branch(state, symbol & 0xFF);
        }
        found.set(state, join(found.get(state), new int[] {index}));
    }

    private int branch(int state, int symbol) {
        int[] transitions = next.get(state);
        if (transitions[symbol] == NONE) {
            transitions[symbol] = addState();
        }
        return transitions[symbol];
    }

    private void completeTransitions() {
        int[] fallback = new int[next.size()];
        Queue<Integer> states = new ArrayDeque<>(List.of(START));
        while (!states.isEmpty()) {
            complete(states.remove(), fallback, states);
        }
    }

    private void complete(int state, int[] fallback, Queue<Integer> states) {
        int[] transitions = next.get(state);
        for (int symbol = 0; symbol < SYMBOLS; symbol++) {
            int shorter = state == START ? START : next.get(fallback[state])[symbol];
            if (transitions[symbol] == NONE) {
                transitions[symbol] = shorter;
            } else {
                descend(transitions[symbol], shorter, fallback, states);
            }
        }
    }

    /** The shorter beginning is nearer to the start, so its own findings are complete by now. */
    private void descend(int child, int shorter, int[] fallback, Queue<Integer> states) {
        fallback[child] = shorter;
        found.set(child, join(found.get(child), found.get(shorter)));
        states.add(child);
    }

    private static int[] join(int[] some, int[] more) {
        int[] joined = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, joined, some.length, more.length);
        return joined;
    }
}
