// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every way in which a message can go wrong is found, by what is in the files only. */
class CheckerTest {
    private static final int CALLER = 7;

    @TempDir
    private Path folder;

    private SoakLedgers ledgers;

    @BeforeEach
    void ledgers() {
        ledgers = new SoakLedgers(folder);
    }

    private void sent(Kind kind, Outcome... outcomes) {
        MessageLedger ledger = ledgers.sent(CALLER, kind);
        for (int number = 0; number < outcomes.length; number++) {
            ledger.put(number, outcomes[number]);
        }
    }

    private void got(int provider, Kind kind, int... numbers) {
        MessageLedger ledger = ledgers.got(provider, CALLER, kind);
        for (int number : numbers) {
            ledger.arrived(number);
        }
    }

    private Account account(Kind kind) throws IOException {
        return requireNonNull(new Checker(ledgers).check().get(kind));
    }

    @Test
    void nothing_isNothing() throws IOException {
        assertThat(account(Kind.SEND)).isEqualTo(Account.EMPTY);
    }

    @Test
    void requests_answeredByTwoProviders_areWhole() throws IOException {
        sent(Kind.REQUEST, Outcome.ANSWERED, Outcome.ANSWERED, Outcome.ANSWERED);
        got(1, Kind.REQUEST, 0, 2);
        got(2, Kind.REQUEST, 1);
        assertThat(account(Kind.REQUEST)).isEqualTo(new Account(3, 3, 0, 0, 0, 0, 0));
        assertThat(account(Kind.REQUEST).isWhole()).isTrue();
    }

    @Test
    void request_thatFailed_isLost_whetherAHandlerRanOrNot() throws IOException {
        sent(Kind.REQUEST, Outcome.FAILED, Outcome.FAILED);
        got(1, Kind.REQUEST, 0);
        assertThat(account(Kind.REQUEST).lost()).isEqualTo(2);
    }

    @Test
    void request_whoseCallerDied_isUnknown() throws IOException {
        sent(Kind.REQUEST, Outcome.ANSWERED, Outcome.SENT);
        assertThat(account(Kind.REQUEST)).isEqualTo(new Account(2, 1, 0, 1, 0, 0, 0));
    }

    @Test
    void request_thatWasRefused_isNotLost() throws IOException {
        sent(Kind.REQUEST, Outcome.REFUSED);
        assertThat(account(Kind.REQUEST)).isEqualTo(new Account(0, 0, 0, 0, 1, 0, 0));
    }

    @Test
    void request_thatWasRefusedThoughAHandlerRan_isFound() throws IOException {
        sent(Kind.REQUEST, Outcome.REFUSED);
        got(1, Kind.REQUEST, 0);
        assertThat(account(Kind.REQUEST).doubled()).isOne();
    }

    @ParameterizedTest
    @EnumSource
    void message_thatArrivedTwice_isDoubled_whereverItDid(Kind kind) throws IOException {
        sent(kind, Outcome.ANSWERED, Outcome.ANSWERED);
        got(1, kind, 0, 0, 1);
        got(2, kind, 1);
        assertThat(account(kind).doubled()).isEqualTo(2);
    }

    @Test
    void send_thatNobodyGot_isLost() throws IOException {
        sent(Kind.SEND, Outcome.SENT, Outcome.SENT);
        got(1, Kind.SEND, 1);
        assertThat(account(Kind.SEND)).isEqualTo(new Account(2, 1, 1, 0, 0, 0, 0));
    }

    @Test
    void messages_inTheWrongOrder_areFound() throws IOException {
        sent(Kind.SEND, Outcome.SENT, Outcome.SENT, Outcome.SENT);
        got(1, Kind.SEND, 0, 2, 1);
        assertThat(account(Kind.SEND)).isEqualTo(new Account(3, 3, 0, 0, 0, 0, 1));
    }

    @Test
    void messages_ofInstancesThatComeAndGo_haveNoOrder() throws IOException {
        sent(Kind.CHURN, Outcome.ANSWERED, Outcome.ANSWERED);
        got(1, Kind.CHURN, 1, 0);
        assertThat(account(Kind.CHURN).reordered()).isZero();
    }

    @Test
    void ledger_thatIsFull_saysSo() {
        MessageLedger ledger = ledgers.sent(CALLER, Kind.SEND);
        assertThatThrownBy(() -> ledger.put(MessageLedger.CAPACITY, Outcome.SENT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("soak for less time");
    }
}
