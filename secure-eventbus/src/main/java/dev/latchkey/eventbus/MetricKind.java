// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

/** What kind of number a metric is. */
public enum MetricKind {
    /** It only grows. */
    COUNTER("counter"),
    /** It is as of now. */
    GAUGE("gauge"),
    /** A time as of now, in milliseconds; Micrometer shows it in its base unit. */
    TIME("time"),
    /** How often something took time, and how long in all. */
    TIMER("timer");

    private final String text;

    MetricKind(String text) {
        this.text = text;
    }

    /** As docs/metrics.md writes it. */
    public String text() {
        return text;
    }
}
