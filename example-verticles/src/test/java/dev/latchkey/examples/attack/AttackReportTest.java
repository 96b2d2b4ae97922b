// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What lets a run end well, and each thing that does not. */
class AttackReportTest {
    private static final HonestTraffic HONEST = new HonestTraffic(10, 10, 1.5, 9.5);
    private static final HeapGrowth FLAT = new HeapGrowth("vault", 1_000, 2_000);

    private static AttackRow row(String seen, boolean reached, boolean secret) {
        return new AttackRow("replay", "again", false, "the same bytes", Set.of("REPLAYED"), seen, reached, secret);
    }

    private static AttackRow held() {
        return row("REPLAYED", false, false);
    }

    private static AttackRow control(String seen) {
        return new AttackRow("replay", "once", true, "honest", Set.of(Attack.ACCEPTED), seen, false, false);
    }

    private static AttackReport report(AttackRow row) {
        return report(row, HONEST, List.of(FLAT), List.of(), true);
    }

    private static AttackReport report(
            AttackRow row, HonestTraffic honest, List<HeapGrowth> heaps, List<String> leaks, boolean controlSeen) {
        return new AttackReport(false, List.of(row), honest, heaps, leaks, controlSeen, 100);
    }

    @Test
    void run_inWhichAllHeld_hasNoFailings() {
        assertThat(report(held()).failings()).isEmpty();
    }

    @Test
    void attack_thatWasNotRefused_fails() {
        assertThat(report(row(Attack.DROPPED, false, false)).failings())
                .singleElement()
                .asString()
                .contains("again");
    }

    @Test
    void attack_refusedForAnotherReason_fails() {
        assertThat(report(row("TAMPERED", false, false)).failings())
                .singleElement()
                .asString()
                .contains("TAMPERED");
    }

    @Test
    void attack_thatReachedAHandler_failsThoughItWasRefused() {
        assertThat(report(row("REPLAYED", true, false)).failings())
                .singleElement()
                .asString()
                .contains("handler");
    }

    @Test
    void attack_thatReadASecret_failsThoughItWasRefused() {
        assertThat(report(row("REPLAYED", false, true)).failings())
                .singleElement()
                .asString()
                .contains("plaintext");
    }

    @Test
    void control_thatDidNotArrive_fails() {
        assertThat(report(control("TAMPERED")).failings())
                .singleElement()
                .asString()
                .contains("control");
        assertThat(report(control(Attack.ACCEPTED)).failings()).isEmpty();
    }

    @Test
    void honestRequest_thatWasLost_fails() {
        HonestTraffic lossy = new HonestTraffic(10, 9, 1, 2);
        assertThat(report(held(), lossy, List.of(FLAT), List.of(), true).failings())
                .containsExactly("1 honest requests were lost");
    }

    @Test
    void noHonestTraffic_fails() {
        HonestTraffic none = new HonestTraffic(0, 0, 0, 0);
        assertThat(report(held(), none, List.of(FLAT), List.of(), true).failings())
                .containsExactly("there was no honest traffic");
    }

    @Test
    void heap_thatGrewBeyondTheBound_fails() {
        HeapGrowth grown = new HeapGrowth("vault", 0, HeapGrowth.MOST_GROWTH + 1);
        assertThat(report(held(), HONEST, List.of(grown), List.of(), true).failings())
                .singleElement()
                .asString()
                .contains("heap");
        assertThat(new HeapGrowth("vault", 0, HeapGrowth.MOST_GROWTH).bounded()).isTrue();
    }

    @Test
    void plaintextOnTheWire_fails() {
        assertThat(report(held(), HONEST, List.of(FLAT), List.of("secret"), true)
                        .failings())
                .singleElement()
                .asString()
                .contains("secret");
    }

    @Test
    void wiretap_thatMissedItsControl_fails() {
        assertThat(report(held(), HONEST, List.of(FLAT), List.of(), false).failings())
                .singleElement()
                .asString()
                .contains("missed");
    }

    @Test
    void wholeRun_ofTooFewAttacks_orWithoutHeaps_fails() {
        AttackReport few = new AttackReport(true, List.of(held()), HONEST, List.of(), List.of(), true, 1);
        assertThat(few.failings()).hasSize(2);
        List<AttackRow> many = Collections.nCopies(AttackReport.LEAST_ATTACKS, held());
        assertThat(new AttackReport(true, many, HONEST, List.of(FLAT), List.of(), true, 1).failings())
                .isEmpty();
    }

    @Test
    void controls_areNotCountedAsAttacks() {
        List<AttackRow> rows = List.of(held(), control(Attack.ACCEPTED));
        AttackReport report = new AttackReport(false, rows, HONEST, List.of(), List.of(), true, 1);
        assertThat(report.attacks()).isEqualTo(1);
        assertThat(report.toJson().getLong("controls")).isEqualTo(1);
    }

    @Test
    void json_tellsOfEachRow() {
        assertThat(held().toJson().encode())
                .contains(
                        "\"name\":\"again\"", "\"expected\":[\"REPLAYED\"]", "\"seen\":\"REPLAYED\"", "\"held\":true");
    }

    @Test
    void table_tellsWhatWasExpected_whereSomethingElseWasSeen() {
        StringWriter text = new StringWriter();
        AttackTable table = new AttackTable(new PrintWriter(text));
        table.row(row("TAMPERED", false, false));
        table.totals(report(held()));
        assertThat(text.toString()).contains("TAMPERED, not REPLAYED", "attacks held off         1 of 1", "10, lost 0");
    }
}
