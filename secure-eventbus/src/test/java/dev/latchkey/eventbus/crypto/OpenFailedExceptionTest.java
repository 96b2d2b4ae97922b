// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OpenFailedExceptionTest {
    @Test
    void anyFailure_tells_nothing() {
        OpenFailedException failure = new OpenFailedException();
        assertThat(failure).hasMessage("opening failed").hasNoCause();
        assertThat(failure.getStackTrace()).isEmpty();
        assertThat(failure.getSuppressed()).isEmpty();
    }
}
