// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks a log offline: line by line, from the oldest file that is kept, until something is wrong. What stands behind a line that is
 * wrong proves nothing. For one check; blocks.
 */
public final class AuditVerifier {
    private final Path folder;
    private final AuditTrust trust;
    private final Optional<Head> head;
    private final List<AuditReport.Adopted> adopted = new ArrayList<>();

    private String file = "";
    private long lineNumber;
    private int files;
    private int firstFile;
    private long records;
    private byte[] before = Chain.beginning();
    private @Nullable AuditLine last;
    private long sequence = -1;
    private long covered = -1;
    private long uncovered;
    private long checkpointRecords = LogWriter.CHECKPOINT_RECORDS;
    private long removedThrough;
    private String log = "";
    private String trustDomain = "";
    private byte[] torn = new byte[0];

    /** A record that is known to have been there. */
    private record Head(long sequence, byte[] hash) {
        private static final int DIGITS = 2 * Chain.HASH_LENGTH;

        static Head parse(String text) {
            int colon = text.indexOf(':');
            if (!text.matches("[0-9]{1,18}:[0-9a-f]{" + DIGITS + "}")) {
                throw new IllegalArgumentException(
                        "--head: '" + AuditLog.cut(text) + "' is none; write NUMBER:HASH, as 'audit verify' tells it");
            }
            return new Head(
                    Long.parseLong(text.substring(0, colon)), HexFormat.of().parseHex(text.substring(colon + 1)));
        }
    }

    /** Ends the check. */
    private static final class Found extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient AuditProblem problem;

        Found(AuditProblem problem) {
            super(problem.text(), null, false, false);
            this.problem = problem;
        }
    }

    /**
     * A check of a folder.
     *
     * @param head a record that must be there, as an earlier report told it; null for none
     */
    public AuditVerifier(Path folder, AuditTrust trust, @Nullable String head) {
        this.folder = folder;
        this.trust = trust;
        this.head = Optional.ofNullable(head).map(Head::parse);
    }

    /**
     * Checks the log.
     *
     * @throws IOException when it cannot be read
     * @throws IllegalArgumentException when the folder holds none
     */
    public AuditReport verify() throws IOException {
        SortedMap<Integer, Path> all = new AuditFolder(folder).files();
        if (all.isEmpty()) {
            throw new IllegalArgumentException(folder + " holds no audit log; name the folder of 'audit.folder'");
        }
        try {
            check(all);
            return report(Optional.empty());
        } catch (Found found) {
            return report(Optional.of(found.problem));
        }
    }

    private AuditReport report(Optional<AuditProblem> problem) {
        String time = last == null ? "" : last.text("time");
        return new AuditReport(log, files, records, sequence, before, time, covered, adopted, problem);
    }

    private void check(SortedMap<Integer, Path> all) throws IOException, Found {
        firstFile = all.firstKey();
        int expected = firstFile;
        for (Map.Entry<Integer, Path> one : all.entrySet()) {
            if (one.getKey() != expected) {
                throw missing(expected);
            }
            check(expected, one.getValue(), expected == all.lastKey());
            expected++;
        }
        checkEnd(expected);
        checkBeginning();
        checkHead();
    }

    private static Found missing(int number) {
        return new Found(new AuditProblem(AuditFolder.name(number), 0, "the file is missing"));
    }

    private void check(int number, Path path, boolean isLast) throws IOException, Found {
        String fileBefore = file;
        long linesBefore = lineNumber;
        file = AuditFolder.name(number);
        lineNumber = 0;
        files++;
        try (LineReader reader = new LineReader(path)) {
            for (byte[] bytes = reader.next(); bytes != null; bytes = reader.next()) {
                lineNumber++;
                if (reader.isCut()) {
                    cut(bytes, isLast);
                    return;
                }
                if (lineNumber == 1) {
                    checkFirst(number, parsed(bytes), fileBefore, linesBefore);
                }
                check(parsed(bytes));
            }
        }
        if (lineNumber == 0) {
            throw found("the file is empty; a new one has a first line before anything else is done");
        }
    }

    private Found found(String text) {
        return new Found(new AuditProblem(file, lineNumber, text));
    }

    private void cut(byte[] rest, boolean isLast) throws Found {
        if (rest.length > AuditLine.MAX_LENGTH) {
            throw found("the line is longer than any record");
        }
        if (isLast || lineNumber == 1) {
            throw found("the line has no end: it was cut, or the orchestrator died or is writing just now");
        }
        torn = rest;
    }

    private AuditLine parsed(byte[] bytes) throws Found {
        try {
            return AuditLine.parse(bytes);
        } catch (AuditFormatException e) {
            throw found(String.valueOf(e.getMessage()));
        }
    }

    private void checkFirst(int number, AuditLine line, String fileBefore, long linesBefore) throws Found {
        byte[] previous = previousHash(line);
        if (line.number(FileLine.FILE, -1) != number) {
            throw found("the file is number " + line.number(FileLine.FILE, -1) + " by its first line; it was renamed");
        }
        if (number == firstFile) {
            beginAt(line, previous);
        } else {
            checkJoint(line, previous, fileBefore, linesBefore);
        }
        checkpointRecords = Math.max(1, line.number(FileLine.CHECKPOINT_RECORDS, checkpointRecords));
        uncovered = 0;
        torn = new byte[0];
    }

    private byte[] previousHash(AuditLine line) throws Found {
        try {
            return FileLine.previousHash(line);
        } catch (AuditFormatException e) {
            throw found(String.valueOf(e.getMessage()));
        }
    }

    private void beginAt(AuditLine line, byte[] previous) throws Found {
        log = line.text(FileLine.LOG);
        trustDomain = line.text(FileLine.TRUST_DOMAIN);
        if (trust.trustDomain() != null && !trust.trustDomain().equals(trustDomain)) {
            throw found("the log is of trust domain '" + AuditLog.cut(trustDomain) + "', not of '" + trust.trustDomain()
                    + "'");
        }
        if (firstFile == 1 && (line.sequence() != 0 || !Arrays.equals(previous, Chain.beginning()))) {
            throw found("the first file does not begin with record 0");
        }
        before = previous;
        sequence = line.sequence() - 1;
        covered = sequence;
    }

    /** What a file says of the one before it was signed later, by a checkpoint of its own. */
    private void checkJoint(AuditLine line, byte[] previous, String fileBefore, long linesBefore) throws Found {
        if (line.sequence() > sequence + 1) {
            // A line without its end is the first that is missing.
            long place = torn.length == 0 ? linesBefore + 1 : linesBefore;
            throw new Found(new AuditProblem(
                    fileBefore, place, gap(sequence + 1, line.sequence() - 1) + " at the end of the file"));
        }
        if (!Arrays.equals(previous, before) || line.sequence() != sequence + 1) {
            throw found("the file does not go on where " + fileBefore + " ends");
        }
        if (!log.equals(line.text(FileLine.LOG)) || !trustDomain.equals(line.text(FileLine.TRUST_DOMAIN))) {
            throw found("the file belongs to another log");
        }
        checkTorn(line, fileBefore, linesBefore);
        checkUncovered(line, fileBefore, linesBefore);
    }

    private static String gap(long from, long to) {
        return from == to ? "record " + from + " is missing" : "records " + from + " to " + to + " are missing";
    }

    private void checkTorn(AuditLine line, String fileBefore, long linesBefore) throws Found {
        boolean told = line.number(FileLine.TORN_BYTES, 0) == torn.length
                && (torn.length == 0
                        || HexFormat.of().formatHex(Chain.hash(torn)).equals(line.text(FileLine.TORN_HASH)));
        if (!told) {
            throw new Found(new AuditProblem(
                    fileBefore, linesBefore, "the file's end is not what the next file says that a crash left"));
        }
    }

    private void checkUncovered(AuditLine line, String fileBefore, long linesBefore) throws Found {
        if (line.number(FileLine.UNCOVERED, 0) != uncovered) {
            throw new Found(
                    new AuditProblem(fileBefore, linesBefore, "a checkpoint is missing at the end of the file"));
        }
        if (uncovered > 0) {
            adopted.add(new AuditReport.Adopted(sequence - uncovered + 1, sequence));
        }
    }

    private void check(AuditLine line) throws Found {
        checkOrder(line);
        if (!line.follows(before)) {
            throw found("the line was changed: its hash does not fit");
        }
        if (line.is(AuditEvent.CHECKPOINT)) {
            checkCheckpoint(line);
        } else if (++uncovered > checkpointRecords) {
            throw found("a checkpoint is missing: there is one after " + checkpointRecords + " records at the latest");
        }
        if (line.is(AuditEvent.FILES_REMOVED)) {
            removedThrough = Math.max(removedThrough, line.number("through", 0));
        }
        take(line);
    }

    private void checkOrder(AuditLine line) throws Found {
        long expected = sequence + 1;
        if (line.sequence() > expected) {
            throw found(gap(expected, line.sequence() - 1) + ", or stands further down");
        }
        if (line.sequence() < expected) {
            throw found("record " + line.sequence() + " stands where " + expected + " belongs");
        }
    }

    private void checkCheckpoint(AuditLine line) throws Found {
        Optional<String> problem = Checkpoint.problem(line, before, trust.keys(), trustDomain);
        if (problem.isPresent()) {
            throw found(problem.get());
        }
        uncovered = 0;
        covered = line.sequence();
    }

    private void take(AuditLine line) throws Found {
        before = line.hash();
        sequence = line.sequence();
        last = line;
        records++;
        if (head.isPresent() && head.get().sequence == sequence && !Arrays.equals(head.get().hash, before)) {
            throw found("record " + sequence + " is not the one that --head names");
        }
    }

    /** A file that was closed in order tells what follows. */
    private void checkEnd(int next) throws Found {
        AuditLine end = last;
        if (end == null) {
            return;
        }
        if (end.is(AuditEvent.CHECKPOINT) && !end.text("next").isEmpty()) {
            throw missing(next);
        }
        if (end.is(AuditEvent.STOPPED)) {
            lineNumber++;
            throw found("the checkpoint is missing that an orchestrator writes when it stops");
        }
    }

    /** Files go only when a record says so that a checkpoint covers. */
    private void checkBeginning() throws Found {
        if (firstFile > 1 && removedThrough < firstFile - 1) {
            throw missing(firstFile - 1);
        }
    }

    private void checkHead() throws Found {
        if (head.isPresent() && head.get().sequence > sequence) {
            lineNumber++;
            throw found(gap(sequence + 1, head.get().sequence) + " at least: the log's end was cut off");
        }
    }
}
