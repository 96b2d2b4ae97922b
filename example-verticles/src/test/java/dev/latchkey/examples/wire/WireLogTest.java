// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class WireLogTest {

    private static final String SECRET = "top-secret-text";

    private final WireLog log = new WireLog(List.of(Needle.ofText(SECRET), Needle.ofText("other-needle")));

    @Test
    void search_needleOverThreeChunks_isFound() {
        WireStream stream = log.open("a");
        stream.accept(ascii("xx top-se"));
        stream.accept(ascii("cret-"));
        stream.accept(ascii("text yy"));

        assertThat(log.sightings()).containsExactly(Map.entry(SECRET, 1L));
    }

    @Test
    void search_byteByByte_countsEveryTime() {
        WireStream stream = log.open("a");
        for (byte symbol : ascii("top-" + SECRET + SECRET + "top-secret-tex" + "other-needle")) {
            stream.accept(new byte[] {symbol});
        }

        assertThat(log.sightings()).containsEntry(SECRET, 2L).containsEntry("other-needle", 1L);
    }

    @Test
    void search_nearMiss_isNotFound() {
        WireStream stream = log.open("a");
        stream.accept(ascii("top-secret-"));
        stream.accept(ascii("test top-secret_text Top-secret-text"));

        assertThat(log.sightings()).isEmpty();
    }

    @Test
    void search_needleOverTwoDirections_isNotFound() {
        WireStream there = log.open("there");
        WireStream back = log.open("back");
        there.accept(ascii("top-sec"));
        back.accept(ascii("ret-text"));
        there.accept(ascii("XXX"));

        assertThat(log.sightings()).isEmpty();
    }

    @Test
    void totalBytes_allDirections_areCounted() {
        log.open("a").accept(new byte[1000]);
        log.open("b").accept(new byte[23]);

        assertThat(log.totalBytes()).isEqualTo(1023);
        assertThat(log.directions()).isEqualTo(2);
    }

    @Test
    void heads_longStream_keepTheBeginning() {
        byte[] bytes = new byte[200_000];
        new Random(1).nextBytes(bytes);
        WireStream stream = log.open("a");
        for (int at = 0; at < bytes.length; at += 7_777) {
            stream.accept(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 7_777)));
        }

        assertThat(log.heads()).containsExactly(new WireHead("a", Arrays.copyOf(bytes, 64 * 1024)));
    }

    @Test
    void heads_manyDirections_areBounded() {
        for (int i = 0; i < 500; i++) {
            log.open("direction " + i).accept(new byte[10]);
        }

        assertThat(log.heads()).hasSize(WireLog.MAX_HEADS);
        assertThat(log.directions()).isEqualTo(500);
        assertThat(log.totalBytes()).isEqualTo(5000);
    }

    @Test
    void frames_marker_givesTheFirstWithItsLength() {
        WireStream stream = log.open("a");
        byte[] first = frame("to image.process one");
        byte[] all = join(frame("to risk.score"), first, frame("to image.process two"));
        stream.accept(Arrays.copyOf(all, 20));
        stream.accept(Arrays.copyOfRange(all, 20, 23));
        stream.accept(Arrays.copyOfRange(all, 23, all.length));

        assertThat(log.firstFrameContaining(ascii("image.process"))).hasValue(first);
        assertThat(log.firstFrameContaining(ascii("image.other"))).isEmpty();
    }

    @Test
    void frames_splitAnywhere_areCutTheSame() {
        byte[] wanted = frame("marker here");
        byte[] all = join(frame("x"), wanted, frame("y"));
        for (int cut = 0; cut <= all.length; cut++) {
            WireLog fresh = new WireLog(List.of());
            WireStream stream = fresh.open("a");
            stream.accept(Arrays.copyOf(all, cut));
            stream.accept(Arrays.copyOfRange(all, cut, all.length));
            assertThat(fresh.firstFrameContaining(ascii("marker"))).hasValue(wanted);
        }
    }

    @Test
    void frames_oversize_isLetPastAndTheNextOneFound() {
        WireStream stream = log.open("a");
        stream.accept(frame("A".repeat(300_000) + "marker"));
        stream.accept(frame("small marker"));

        assertThat(log.firstFrameContaining(ascii("marker"))).hasValue(frame("small marker"));
        assertThat(log.oversizeFrames()).isEqualTo(1);
    }

    @Test
    void frames_twoGibibytesDeclared_takeNoMemory() {
        WireStream stream = log.open("a");
        stream.accept(ByteBuffer.allocate(4).putInt(Integer.MAX_VALUE).array());
        stream.accept(frame("marker"));

        assertThat(log.firstFrameContaining(ascii("marker"))).isEmpty();
        assertThat(log.oversizeFrames()).isEqualTo(1);
    }

    @Test
    void frames_negativeLength_endsTheCuttingButNotTheSearch() {
        WireStream stream = log.open("a");
        stream.accept(ByteBuffer.allocate(4).putInt(-5).array());
        stream.accept(frame(SECRET));

        assertThat(log.firstFrameContaining(ascii(SECRET))).isEmpty();
        assertThat(log.sightings()).containsKey(SECRET);
    }

    @Test
    void frames_many_forgetTheOldest() {
        WireStream stream = log.open("a");
        for (int i = 0; i < FrameRing.MAX_FRAMES + 1; i++) {
            stream.accept(frame("frame-" + i + "."));
        }

        assertThat(log.firstFrameContaining(ascii("frame-0."))).isEmpty();
        assertThat(log.firstFrameContaining(ascii("frame-"))).hasValue(frame("frame-1."));
    }

    @Test
    void frames_large_areBoundedByBytes() {
        WireStream stream = log.open("a");
        for (int i = 0; i < 100; i++) {
            stream.accept(frame("frame-" + i + "." + "z".repeat(250_000)));
        }

        assertThat(log.firstFrameContaining(ascii("frame-20."))).isEmpty();
        assertThat(log.firstFrameContaining(ascii("frame-40."))).isPresent();
    }

    @Test
    void create_sameNameTwice_isRefused() {
        List<Needle> twice = List.of(Needle.ofText(SECRET), Needle.ofText(SECRET));

        assertThatIllegalArgumentException().isThrownBy(() -> new WireLog(twice));
    }

    @Test
    void hexDump_lines_areClassic() {
        byte[] bytes = ascii("image.process\u0000\n\u007f~!");

        assertThat(WireLog.hexDump(bytes, 100)).isEqualTo("""
                        00000000  69 6d 61 67 65 2e 70 72  6f 63 65 73 73 00 0a 7f  |image.process...|
                        00000010  7e 21                                             |~!|
                        """);
    }

    @Test
    void hexDump_beyondMax_tellsHowMuchIsLeft() {
        assertThat(WireLog.hexDump(ascii("abcdef"), 2)).isEqualTo("""
                        00000000  61 62                                             |ab|
                        ... 4 more bytes
                        """);
        assertThat(WireLog.hexDump(new byte[0], 10)).isEmpty();
    }

    private static byte[] frame(String body) {
        return ByteBuffer.allocate(4 + body.length())
                .putInt(body.length())
                .put(ascii(body))
                .array();
    }

    private static byte[] join(byte[]... parts) {
        ByteBuffer joined = ByteBuffer.allocate(
                Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(joined::put);
        return joined.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
