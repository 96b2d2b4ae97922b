// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.policy;

import java.util.List;

/**
 * An event-bus address, or a family of them: segments separated by dots, where {@code *} stands for exactly one
 * segment and a closing {@code **} for one or more.
 *
 * <p>A wildcard also stands for an empty segment ({@code image.*} matches {@code image.}), so that no odd spelling of
 * an address slips past the policy. No pattern, not even {@code **}, ever matches an address that is reserved for
 * Vert.x ({@code __vertx...}) or for Latchkey itself ({@code latchkey....}): sealing those would break replies and
 * registration.
 */
public final class AddressPattern {

    /** The longest text of a pattern, in characters. */
    public static final int MAX_LENGTH = 255;

    static final String ONE = "*";
    static final String MANY = "**";

    private final String text;
    private final List<String> segments;
    private final boolean exact;

    private AddressPattern(String text) {
        // As the constants of programs are, and the names in tokens: comparing one with another then looks at no
        // characters.
        this.text = text.intern();
        this.segments = List.of(text.split("\\.", -1));
        this.exact = text.indexOf('*') < 0;
    }

    /**
     * Reads a pattern.
     *
     * @param text such as {@code image.batch}, {@code image.process.*} or {@code audit.**}
     * @return the pattern
     * @throws IllegalArgumentException if the text is no pattern; its message is {@code <problem>; <fix>}
     */
    public static AddressPattern parse(String text) {
        AddressSyntax.check(text);
        return new AddressPattern(text);
    }

    /**
     * Says whether an address belongs to this pattern.
     *
     * @param address any text, also one that is no well-formed address
     * @return true if it does
     */
    public boolean matches(String address) {
        return exact ? text.equals(address) : walk(address) && !AddressSyntax.isReserved(address);
    }

    /**
     * Says whether this pattern is one address, without wildcards.
     *
     * @return true if it matches its own text and nothing else
     */
    public boolean isExact() {
        return exact;
    }

    /**
     * Says whether there is any address that both patterns match.
     *
     * @param other the other pattern
     * @return true if there is
     */
    public boolean overlaps(AddressPattern other) {
        return segments.size() <= other.segments.size() ? meets(this, other) : meets(other, this);
    }

    /** A longer pattern's addresses are within reach of a shorter one only if the shorter one is open-ended. */
    private static boolean meets(AddressPattern shorter, AddressPattern longer) {
        boolean lengthsMeet = shorter.segments.size() == longer.segments.size() || shorter.isOpenEnded();
        return lengthsMeet && prefixesMeet(shorter.segments, longer.segments);
    }

    private static boolean prefixesMeet(List<String> shorter, List<String> longer) {
        for (int i = 0; i < shorter.size(); i++) {
            if (!segmentsMeet(shorter.get(i), longer.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean segmentsMeet(String a, String b) {
        return isWildcard(a) || isWildcard(b) || a.equals(b);
    }

    /** No segment is empty, and a star never stands beside other characters. */
    private static boolean isWildcard(String segment) {
        return segment.charAt(0) == '*';
    }

    private boolean isOpenEnded() {
        return text.endsWith(MANY);
    }

    private String last() {
        return segments.get(segments.size() - 1);
    }

    /** Compares in place, segment by segment: this runs for every message to a new address, so it allocates nothing. */
    private boolean walk(String address) {
        int at = 0;
        for (int i = 0; i < segments.size() - 1; i++) {
            int dot = address.indexOf('.', at);
            if (dot < 0 || !fits(segments.get(i), address, at, dot)) {
                return false;
            }
            at = dot + 1;
        }
        return isOpenEnded() || lastFits(address, at);
    }

    private boolean lastFits(String address, int at) {
        return address.indexOf('.', at) < 0 && fits(last(), address, at, address.length());
    }

    private static boolean fits(String segment, String address, int from, int to) {
        return isWildcard(segment) || (segment.length() == to - from && address.startsWith(segment, from));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressPattern that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** The text that {@link #parse} read. */
    @Override
    public String toString() {
        return text;
    }
}
