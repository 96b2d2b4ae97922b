// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import java.time.DateTimeException;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads times such as {@code 30m} or {@code 7d}: ISO 8601's, without the letters that precede them there. */
final class TtlConverter implements ITypeConverter<Duration> {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofDays(3650);

    @Override
    public Duration convert(String text) {
        Duration ttl = parse(text);
        if (ttl.compareTo(LEAST) < 0 || ttl.compareTo(MOST) > 0) {
            throw new TypeConversionException("'" + text + "' is out of range; give 1s to 3650d");
        }
        return ttl;
    }

    private static Duration parse(String text) {
        try {
            return Duration.parse((text.endsWith("d") ? "P" : "PT") + text);
        } catch (DateTimeException | ArithmeticException e) {
            throw new TypeConversionException("'" + text + "' is no time; write such as 30s, 10m, 1h or 7d");
        }
    }
}
