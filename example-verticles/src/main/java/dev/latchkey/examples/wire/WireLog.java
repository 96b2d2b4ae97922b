// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.wire;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * What went over the wire. All bytes are counted and searched; only a bounded part is kept: the beginnings of the
 * first 128 directions, and the latest frames. Thread-safe.
 */
public final class WireLog {

    static final int MAX_HEADS = 128;

    private final List<Needle> needles;
    private final NeedleAutomaton automaton;
    private final AtomicLongArray sightings;
    private final LongAdder bytes = new LongAdder();
    private final LongAdder directions = new LongAdder();
    private final LongAdder oversizeFrames = new LongAdder();
    private final FrameRing frames = new FrameRing();
    private final List<WireStream> kept = new CopyOnWriteArrayList<>();

    /**
     * Starts an empty log.
     *
     * @param needles what to look for; names must differ, and together they have at most 8 KiB
     */
    public WireLog(List<Needle> needles) {
        this.needles = List.copyOf(needles);
        this.automaton = new NeedleAutomaton(needles.stream().map(Needle::bytes).toList());
        this.sightings = new AtomicLongArray(needles.size());
        checkNames();
    }

    /**
     * Counts the bytes of all connections, both ways.
     *
     * @return the number so far
     */
    public long totalBytes() {
        return bytes.sum();
    }

    /**
     * Counts the directions that were listened to: two for each connection.
     *
     * @return the number so far
     */
    public long directions() {
        return directions.sum();
    }

    /**
     * Counts the frames that were searched but, being larger than 256 KiB, not kept.
     *
     * @return the number so far
     */
    public long oversizeFrames() {
        return oversizeFrames.sum();
    }

    /**
     * Says which needles were seen, and how often.
     *
     * @return needle names and counts above 0, in the order in which the needles were given
     */
    public Map<String, Long> sightings() {
        Map<String, Long> seen = new LinkedHashMap<>();
        for (int i = 0; i < needles.size(); i++) {
            seen.put(needles.get(i).name(), sightings.get(i));
        }
        seen.values().removeIf(count -> count == 0);
        return seen;
    }

    /**
     * The beginnings of the first 128 directions.
     *
     * @return copies, in the order in which the connections were made
     */
    public List<WireHead> heads() {
        return kept.stream().map(WireStream::head).toList();
    }

    /**
     * Finds a captured frame.
     *
     * @param marker what it holds, such as an event-bus address in ASCII
     * @return a copy of the oldest such frame that is still kept, with its four bytes of length: ready to be sent again
     */
    public Optional<byte[]> firstFrameContaining(byte[] marker) {
        return frames.firstContaining(marker);
    }

    /**
     * The latest frames.
     *
     * @return copies of those that are still kept, the oldest first
     */
    public List<byte[]> frames() {
        return frames.copies();
    }

    /**
     * Counts the frames that were kept at some time.
     *
     * @return the number so far
     */
    public long frameCount() {
        return frames.count();
    }

    /** The newest such frame; otherwise as {@link #firstFrameContaining}. */
    public Optional<byte[]> lastFrameContaining(byte[] marker) {
        return frames.lastContaining(marker);
    }

    /**
     * Shows bytes the classic way: offset, sixteen in hex, and the same as ASCII.
     *
     * @param bytes what to show
     * @param max how many of them at most; a last line then tells how many more there are
     * @return lines, each with a line feed behind it
     */
    public static String hexDump(byte[] bytes, int max) {
        return HexDump.of(bytes, max);
    }

    /** Begins to listen to one direction of a connection. */
    WireStream open(String name) {
        directions.increment();
        WireStream stream = new WireStream(name, this, new FrameCutter(frames::add, oversizeFrames::increment));
        keep(stream);
        return stream;
    }

    /** Counts and searches; the state goes from chunk to chunk, so that a needle may be split anywhere. */
    int search(int state, byte[] chunk) {
        bytes.add(chunk.length);
        int now = state;
        for (byte symbol : chunk) {
            now = automaton.step(now, symbol);
            count(automaton.found(now));
        }
        return now;
    }

    private void count(int[] found) {
        for (int needle : found) {
            sightings.incrementAndGet(needle);
        }
    }

    private synchronized void keep(WireStream stream) {
        if (kept.size() < MAX_HEADS) {
            kept.add(stream);
        }
    }

    private void checkNames() {
        if (needles.stream().map(Needle::name).distinct().count() < needles.size()) {
            throw new IllegalArgumentException("two needles have the same name; name each differently");
        }
    }
}
