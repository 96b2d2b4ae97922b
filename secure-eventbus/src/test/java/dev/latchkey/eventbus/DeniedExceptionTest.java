// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.eventbus.ReplyFailure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeniedExceptionTest {
    @ParameterizedTest
    @EnumSource
    void failureCode_anyReason_isItsCode(DenialReason reason) {
        DeniedException denied = new DeniedException(reason);
        assertThat(denied.failureCode()).isEqualTo(reason.code());
        assertThat(denied.failureType()).isEqualTo(ReplyFailure.RECIPIENT_FAILURE);
        assertThat(denied.reason()).isEqualTo(reason);
        assertThat(denied).hasMessage(reason.name() + ": " + reason.text());
    }

    @Test
    void message_withDetail_namesReasonAndDetail() {
        DeniedException denied = new DeniedException(DenialReason.BAD_CREDENTIAL, "it expired");
        assertThat(denied).hasMessage("BAD_CREDENTIAL: it expired");
        assertThat(denied.getCause()).isNull();
    }

    @Test
    void getCause_withCause_isIt() {
        Throwable cause = new IllegalStateException("codec");
        DeniedException denied = new DeniedException(DenialReason.UNWRITABLE_BODY, "no", cause);
        assertThat(denied).hasCause(cause).hasMessage("UNWRITABLE_BODY: no");
    }
}
