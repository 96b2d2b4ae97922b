// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether the clock is right: by an orchestrator's, or, where none can be asked, by what cannot be: files from the future, a year
 * before Latchkey was written.
 */
final class ClockCheck {
    private static final String NAME = "clock";
    private static final Instant WRITTEN = Instant.parse("2026-01-01T00:00:00Z");
    /** Beyond it, questions to orchestrators are refused. */
    private static final Duration REFUSED = Duration.ofSeconds(60);

    private static final Duration STRANGE = Duration.ofSeconds(5);
    private static final String FIX = "set it by NTP: chronyc tracking, or timedatectl, tells whether it is";

    private final Clock clock;
    private final List<Path> files;

    ClockCheck(Clock clock, List<Path> files) {
        this.clock = clock;
        this.files = files;
    }

    Finding look(Supplier<Optional<String>> date) {
        Instant before = clock.instant();
        Optional<Instant> theirs = date.get().flatMap(ClockCheck::parse);
        Instant middle = before.plus(Duration.between(before, clock.instant()).dividedBy(2));
        return theirs.map(their -> compare(Duration.between(their, middle))).orElseGet(this::byItself);
    }

    /** HTTP's dates have no fractions of a second. */
    private static Optional<Instant> parse(String date) {
        try {
            return Optional.of(ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Finding compare(Duration ahead) {
        String seen =
                ahead.abs().toSeconds() + " s " + (ahead.isNegative() ? "behind" : "ahead of") + " the orchestrator's";
        if (ahead.abs().compareTo(REFUSED) >= 0) {
            return Finding.fail(NAME, seen + ", which makes it refuse to register", FIX);
        }
        return ahead.abs().compareTo(STRANGE) >= 0 ? Finding.warn(NAME, seen, FIX) : Finding.ok(NAME, seen);
    }

    private Finding byItself() {
        Instant now = clock.instant();
        if (now.isBefore(WRITTEN)) {
            return Finding.fail(NAME, now + " is before Latchkey was written", FIX);
        }
        return files.stream()
                .filter(file -> isFromTheFuture(file, now))
                .findFirst()
                .map(file -> Finding.fail(NAME, now + " is before " + file + " was made", FIX))
                .orElseGet(() -> Finding.ok(NAME, now + ", which may be right; no orchestrator was asked"));
    }

    private static boolean isFromTheFuture(Path file, Instant now) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isAfter(now.plus(STRANGE));
        } catch (IOException e) {
            return false;
        }
    }
}
