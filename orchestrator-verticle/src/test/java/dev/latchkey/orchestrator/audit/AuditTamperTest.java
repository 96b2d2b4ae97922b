// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.crypto.SigningKey;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever is done to a log that was closed in order is found, and its place is named. Each test tries it at every line. */
class AuditTamperTest {
    private static final int RECORDS = 450;

    @TempDir
    private Path folder;

    private TestLog test;
    private Path copy;
    private List<Path> files;

    @BeforeEach
    void write() throws IOException {
        test = new TestLog(folder);
        AuditLog log = test.open();
        TestLog.fill(log, 0, RECORDS);
        log.record(AuditEvent.STOPPED, new JsonObject());
        await(log.close());
        copy = Files.createDirectory(folder.resolve("copy"));
        files = new ArrayList<>(new AuditFolder(test.folder).files().values());
        assertThat(files).hasSizeGreaterThanOrEqualTo(2);
        assertThat(test.problem(test.folder)).isEqualTo("none");
        restore();
    }

    @AfterEach
    void end() {
        test.close();
    }

    private void restore() throws IOException {
        for (Path file : files) {
            Files.write(copy.resolve(file.getFileName()), Files.readAllBytes(file));
        }
    }

    private interface Change {
        /** Changes the line with this index; false when it cannot be done there. */
        boolean apply(List<String> lines, int index);
    }

    /** Tries the change at each line; where it must be found at the latest is the line or the next file's first one. */
    private void eachLine_isFound(Change change) throws IOException {
        int tried = 0;
        for (Path file : files) {
            Path changed = copy.resolve(file.getFileName());
            List<String> original = text(Files.readString(file));
            for (int i = 0; i < original.size(); i++) {
                List<String> lines = new ArrayList<>(original);
                if (change.apply(lines, i)) {
                    Files.writeString(changed, String.join("", lines));
                    assertFoundAt(file.getFileName() + ":" + (i + 1));
                    tried++;
                }
            }
            Files.writeString(changed, String.join("", original));
        }
        assertThat(tried).isGreaterThanOrEqualTo(RECORDS);
    }

    private void assertFoundAt(String place) {
        assertThat(test.problem(copy)).startsWith(place + ": ");
    }

    private static List<String> text(String file) {
        return Stream.of(file.split("(?<=\n)")).toList();
    }

    private static String flipped(String line, int at) {
        char[] chars = line.toCharArray();
        chars[at] ^= 1;
        return new String(chars);
    }

    @Test
    void flip_inTheMiddleOfALine_isFound() throws IOException {
        eachLine_isFound((lines, i) -> {
            lines.set(i, flipped(lines.get(i), lines.get(i).length() / 2));
            return true;
        });
    }

    @Test
    void flip_inALinesHash_isFound() throws IOException {
        eachLine_isFound((lines, i) -> {
            lines.set(i, flipped(lines.get(i), lines.get(i).length() - 10));
            return true;
        });
    }

    @Test
    void drop_ofALine_isFound() throws IOException {
        eachLine_isFound((lines, i) -> {
            lines.remove(i);
            return true;
        });
    }

    @Test
    void swap_ofTwoLines_isFound() throws IOException {
        eachLine_isFound((lines, i) -> {
            if (i + 1 == lines.size()) {
                return false;
            }
            lines.add(i, lines.remove(i + 1));
            return true;
        });
    }

    @Test
    void repeat_ofALine_isFoundAtTheNext() throws IOException {
        eachLine_isFound((lines, i) -> {
            if (i == 0) {
                return false;
            }
            lines.set(i, lines.get(i - 1));
            return true;
        });
    }

    @Test
    void truncate_amidALine_isFound() throws IOException {
        eachLine_isFound((lines, i) -> {
            String line = lines.get(i);
            lines.subList(i, lines.size()).clear();
            lines.add(line.substring(0, line.length() / 2));
            return true;
        });
    }

    @Test
    void truncate_ofOnlyALinesEnd_isFound() throws IOException {
        eachLine_isFound((lines, i) -> {
            String line = lines.get(i);
            lines.subList(i, lines.size()).clear();
            lines.add(line.substring(0, line.length() - 1));
            return true;
        });
    }

    /** Every single byte of the first lines and of a checkpoint. */
    @Test
    void flip_ofAnyByte_isFound() throws IOException {
        Path last = files.get(files.size() - 1);
        byte[] bytes = Files.readAllBytes(last);
        int checkpoint = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("{\"v\"");
        for (int i = 0; i < bytes.length; i = i == 1_000 ? checkpoint : i + 1) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1 << (i % 8);
            Files.write(copy.resolve(last.getFileName()), changed);
            assertThat(test.problem(copy)).as("byte " + i).startsWith(last.getFileName() + ":");
        }
    }

    /** Cut at a line, the last file is a log that is whole as far as it goes; who knows one later record finds it. */
    @Test
    void truncate_atALineOfTheLastFile_isFound_byWhoKnowsTheEnd() throws IOException {
        Path last = files.get(files.size() - 1);
        String head = test.verify(test.folder).head();
        assertThat(test.verify(copy, head).problem()).isEmpty();
        List<String> lines = text(Files.readString(last));
        for (int i = 1; i < lines.size(); i++) {
            Files.writeString(copy.resolve(last.getFileName()), String.join("", lines.subList(0, i)));
            assertThat(test.verify(copy, head).problem().map(AuditProblem::file))
                    .hasValue(last.getFileName().toString());
        }
    }

    @Test
    void truncate_atALineOfAnotherFile_isFound() throws IOException {
        Path first = files.get(0);
        List<String> lines = text(Files.readString(first));
        for (int i = 1; i < lines.size(); i++) {
            Files.writeString(copy.resolve(first.getFileName()), String.join("", lines.subList(0, i)));
            assertFoundAt(first.getFileName() + ":" + (i + 1));
        }
    }

    @Test
    void file_thatIsMissing_isNamed() throws IOException {
        for (Path file : files) {
            Files.delete(copy.resolve(file.getFileName()));
            assertThat(test.problem(copy)).isEqualTo(file.getFileName() + ": the file is missing");
            restore();
        }
    }

    @Test
    void file_thatIsEmptied_isFound() throws IOException {
        for (Path file : files) {
            Files.write(copy.resolve(file.getFileName()), new byte[0]);
            assertThat(test.problem(copy)).startsWith(file.getFileName().toString());
            restore();
        }
    }

    /** Hashes need no key: somebody who changes a line can make those of all later lines fit, but not sign them. */
    @Test
    void line_thatIsChanged_withAllHashesMadeAnew_isFoundAtTheNextCheckpoint() throws IOException {
        rewrite(lines -> lines.set(5, lines.get(5).replace("number 4", "number 9")));
        assertThat(test.problem(copy)).contains("the checkpoint's signature is false");
    }

    @Test
    void checkpoints_thatAreLeftOut_withAllHashesMadeAnew_areMissed() throws IOException {
        rewrite(lines -> lines.removeIf(line -> line.contains("CHECKPOINT")));
        assertThat(test.problem(copy)).contains("checkpoint is missing");
    }

    @Test
    void checkpoint_ofAnotherKey_isRefused() throws IOException {
        try (SigningKey other = SigningKey.generate()) {
            AuditTrust trust = new AuditTrust(List.of(other.verifyingKey()), TestLog.DOMAIN);
            assertThat(new AuditVerifier(copy, trust, null)
                            .verify()
                            .problem()
                            .orElseThrow()
                            .text())
                    .contains("which is not trusted");
        }
    }

    @Test
    void log_ofAnotherTrustDomain_isRefused() throws IOException {
        AuditTrust trust = new AuditTrust(List.of(test.key.verifyingKey()), "other.latchkey");
        assertThat(new AuditVerifier(copy, trust, null)
                        .verify()
                        .problem()
                        .orElseThrow()
                        .text())
                .contains("is of trust domain 'test.latchkey'");
    }

    private interface Edit {
        void apply(List<String> lines);
    }

    /** Changes the lines of all files as one, then numbers and chains them anew, with the old signatures. */
    private void rewrite(Edit edit) throws IOException {
        byte[] before = Chain.beginning();
        long sequence = 0;
        for (Path file : files) {
            List<String> lines = new ArrayList<>(Files.readAllLines(file));
            edit.apply(lines);
            StringBuilder text = new StringBuilder();
            for (String line : lines) {
                JsonObject object = new JsonObject(line);
                object.remove("hash");
                object.put("seq", sequence++);
                if (object.containsKey("previousHash")) {
                    object.put("previousHash", java.util.HexFormat.of().formatHex(before));
                }
                AuditLine chained = AuditLine.behind(before, object);
                text.append(new String(chained.bytes(), StandardCharsets.UTF_8));
                before = chained.hash();
            }
            Files.writeString(copy.resolve(file.getFileName()), text);
        }
    }
}
