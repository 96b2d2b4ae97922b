// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import java.util.function.LongSupplier;

/**
 * One number that Latchkey keeps anyway.
 *
 * @param name what it counts
 * @param labelValue the value of the name's label; empty when it has none
 * @param reading the number as of now; callable from any thread
 * @param nanos of a timer, the nanoseconds that it took in all, while the reading is how often; otherwise 0
 */
public record Metric(MetricName name, String labelValue, LongSupplier reading, LongSupplier nanos) {
    /** A metric without a label. */
    public Metric(MetricName name, LongSupplier reading) {
        this(name, "", reading);
    }

    /** A metric with a value of its label. */
    public Metric(MetricName name, String labelValue, LongSupplier reading) {
        this(name, labelValue, reading, () -> 0);
    }

    /** The number as of now. */
    public long value() {
        return reading.getAsLong();
    }

    /** Such as {@code latchkey.refused{reason=EXPIRED}}. */
    public String key() {
        return labelValue.isEmpty() ? name.id() : name.id() + "{" + name.label() + "=" + labelValue + "}";
    }

    /** The key. */
    @Override
    public String toString() {
        return key();
    }
}
