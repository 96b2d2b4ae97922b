// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A provider of 100,000 callers has their names once. */
class SharedNamesTest {
    private static TokenGrant grant(long instance) {
        return new TokenGrant(
                new TokenId(instance, 1),
                new String("service"),
                new String("operation"),
                new ArrayList<>(List.of(new String("an.address"))),
                1,
                0,
                0,
                1,
                List.of());
    }

    @Test
    void grants_ofTheSameNames_haveThemInCommon() {
        TokenGrant one = grant(1);
        TokenGrant other = grant(2);

        assertThat(one.service()).isSameAs(other.service());
        assertThat(one.operation()).isSameAs(other.operation());
        assertThat(one.addresses()).isSameAs(other.addresses());
        assertThat(one.addresses().get(0)).isSameAs(other.addresses().get(0));
    }

    @Test
    void list_isACopyThatNobodyChanges() {
        List<String> given = new ArrayList<>(List.of("a"));
        List<String> shared = SharedNames.of(given);
        given.add("b");

        assertThat(shared).containsExactly("a");
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> shared.add("c"));
    }
}
