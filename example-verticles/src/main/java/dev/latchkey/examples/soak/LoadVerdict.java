// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the runs of a plan had to hold, and did not. */
final class LoadVerdict {
    private final FaultPlan plan;
    private final List<RunReport> runs;

    LoadVerdict(FaultPlan plan, List<RunReport> runs) {
        this.plan = plan;
        this.runs = runs;
    }

    /** In words; empty when all held. The plain bus has nothing to hold. */
    List<String> failings() {
        List<String> failings = new ArrayList<>();
        run(SoakBus.SECURED).ifPresent(run -> judge(run, failings));
        return failings;
    }

    private Optional<RunReport> run(SoakBus bus) {
        return runs.stream().filter(run -> run.bus() == bus).findFirst();
    }

    private void judge(RunReport secured, List<String> failings) {
        Account total = secured.total();
        check(failings, total.sent() > 0, "nothing was sent");
        secured.faults().stream().filter(fault -> fault.contains("failed")).forEach(failings::add);
        if (plan.mustLoseNothing()) {
            check(failings, total.lost() == 0, total.lost() + " messages were lost");
            check(failings, total.unknown() == 0, total.unknown() + " requests never ended");
            check(failings, total.refused() == 0, total.refused() + " messages were refused: " + secured.endings());
            check(failings, total.doubled() == 0, total.doubled() + " messages arrived twice");
            check(failings, total.reordered() == 0, total.reordered() + " messages arrived out of order");
        } else {
            run(SoakBus.PLAIN).ifPresent(plain -> compare(total, plain.total(), failings));
        }
    }

    private static void compare(Account secured, Account plain, List<String> failings) {
        check(
                failings,
                share(secured.lost(), secured) <= share(plain.lost(), plain),
                secured.lost() + " messages were lost, of " + secured.sent() + "; on the plain bus " + plain.lost()
                        + " of " + plain.sent());
        check(
                failings,
                secured.doubled() <= plain.doubled(),
                secured.doubled() + " messages arrived twice; on the plain bus " + plain.doubled());
    }

    private static double share(long part, Account account) {
        return account.sent() == 0 ? 0 : (double) part / account.sent();
    }

    private static void check(List<String> failings, boolean holds, String otherwise) {
        if (!holds) {
            failings.add(otherwise);
        }
    }
}
