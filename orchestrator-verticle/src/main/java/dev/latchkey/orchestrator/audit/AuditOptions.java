// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.audit;

import dev.latchkey.eventbus.policy.Nearest;
import dev.latchkey.orchestrator.policy.Durations;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where and how an orchestrator keeps its audit log.
 *
 * @param folder of this orchestrator alone; made when it is not there, in a folder that is
 * @param fileSize bytes after which another file is begun, 64 KiB at least
 * @param keep how many files are kept; 0 for all
 * @param checkpointEvery the longest time that a record stands without a checkpoint behind it
 * @param onFailure what to do while the log cannot be written
 */
public record AuditOptions(
        Path folder, long fileSize, int keep, Duration checkpointEvery, AuditFailurePolicy onFailure) {
    private static final String WHERE = "audit";
    private static final String FOLDER = "folder";
    private static final String FILE_SIZE = "fileSize";
    private static final String KEEP = "keep";
    private static final String CHECKPOINT_EVERY = "checkpointEvery";
    private static final String ON_FAILURE = "onFailure";
    private static final List<String> MEMBERS = List.of(FOLDER, FILE_SIZE, KEEP, CHECKPOINT_EVERY, ON_FAILURE);

    private static final Pattern SIZE = Pattern.compile("([0-9]{1,9})(KiB|MiB|GiB)");
    private static final long MIN_FILE_SIZE = 64L << 10;
    private static final long MAX_FILE_SIZE = 4L << 30;
    private static final long DEFAULT_FILE_SIZE = 64L << 20;
    private static final Duration DEFAULT_CHECKPOINT = Duration.ofSeconds(10);
    private static final Duration MAX_CHECKPOINT = Duration.ofHours(1);

    /** Refuses what no log can be kept by. */
    public AuditOptions {
        refuseIf(
                fileSize < MIN_FILE_SIZE || fileSize > MAX_FILE_SIZE,
                FILE_SIZE,
                "is out of bounds; write from 64KiB to 4GiB");
        refuseIf(keep < 0 || keep == 1, KEEP, "must be 0 for all files, or 2 and more");
        refuseIf(checkpointEvery.compareTo(MAX_CHECKPOINT) > 0, CHECKPOINT_EVERY, "is too long; write at most 1h");
    }

    /** A log in a folder, with defaults: files of 64 MiB, all of them kept, a checkpoint every ten seconds, stop on failure. */
    public static AuditOptions in(Path folder) {
        return new AuditOptions(folder, DEFAULT_FILE_SIZE, 0, DEFAULT_CHECKPOINT, AuditFailurePolicy.STOP);
    }

    /**
     * Reads the JSON form, whose members are the parameters; all but {@code folder} may be left out.
     *
     * @throws IllegalArgumentException naming member, problem and fix
     */
    public static AuditOptions fromJson(JsonObject json) {
        json.fieldNames().forEach(AuditOptions::requireKnown);
        AuditOptions standard = in(folder(json));
        return new AuditOptions(
                standard.folder(),
                fileSize(json, standard.fileSize()),
                keep(json),
                checkpointEvery(json, standard.checkpointEvery()),
                onFailure(json));
    }

    private static void requireKnown(String member) {
        refuseIf(
                !MEMBERS.contains(member),
                member,
                "is unknown; " + Nearest.to(member, MEMBERS).orElse("known are " + MEMBERS));
    }

    private static Path folder(JsonObject json) {
        Object value = json.getValue(FOLDER);
        refuseIf(!(value instanceof String), FOLDER, "is missing or no text; give the path of a folder");
        return Path.of((String) value);
    }

    private static long fileSize(JsonObject json, long standard) {
        Object value = json.getValue(FILE_SIZE, standard);
        return value instanceof Number number ? number.longValue() : size(String.valueOf(value));
    }

    private static long size(String text) {
        Matcher parts = SIZE.matcher(text);
        refuseIf(!parts.matches(), FILE_SIZE, "is no size; write a whole number and a unit, such as 64MiB");
        int shift = 10 * (1 + List.of("KiB", "MiB", "GiB").indexOf(parts.group(2)));
        return Long.parseLong(parts.group(1)) << shift;
    }

    private static int keep(JsonObject json) {
        Object value = json.getValue(KEEP, 0);
        refuseIf(!(value instanceof Integer), KEEP, "is no whole number; write how many files are kept, or 0 for all");
        return (Integer) value;
    }

    private static Duration checkpointEvery(JsonObject json, Duration standard) {
        Object value = json.getValue(CHECKPOINT_EVERY);
        try {
            return value == null ? standard : Durations.parse(String.valueOf(value));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(WHERE + "." + CHECKPOINT_EVERY + ": " + e.getMessage(), e);
        }
    }

    private static AuditFailurePolicy onFailure(JsonObject json) {
        String text = String.valueOf(json.getValue(ON_FAILURE, "stop"));
        List<String> names = Arrays.stream(AuditFailurePolicy.values())
                .map(choice -> choice.name().toLowerCase(Locale.ROOT))
                .toList();
        refuseIf(
                !names.contains(text),
                ON_FAILURE,
                "cannot be '" + text + "'; " + Nearest.to(text, names).orElse("write stop or continue"));
        return AuditFailurePolicy.valueOf(text.toUpperCase(Locale.ROOT));
    }

    private static void refuseIf(boolean wrong, String member, String problem) {
        if (wrong) {
            throw new IllegalArgumentException(WHERE + "." + member + " " + problem);
        }
    }
}
