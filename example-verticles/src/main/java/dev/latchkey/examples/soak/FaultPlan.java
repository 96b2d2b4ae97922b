// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.soak;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What is done to the nodes of a run, and when. */
enum FaultPlan {
    /** Nothing: keys rotate, instances come and go. */
    CALM("rotating-policy.yaml", true),
    /** Every 15 seconds an orchestrator is killed, and started again five seconds later. */
    ORCHESTRATORS("rotating-policy.yaml", true),
    /** Every ten seconds an orchestrator, in turn, is stopped in order and started again, as in an upgrade. */
    ROLLING("rolling-policy.yaml", true),
    /** Every 30 seconds a provider is killed and started again, another one is paused, and a caller is paused past its lease. */
    NODES("rotating-policy.yaml", false),
    /** All orchestrators are down for a minute. */
    OUTAGE("outage-policy.yaml", true);

    private static final int BETWEEN_KILLS = 15;
    private static final int DOWN = 5;
    private static final int BETWEEN_RESTARTS = 10;
    private static final int ROUND = 30;
    private static final int SETTLING = 12;
    private static final int OUTAGE_BEGINS = 20;
    private static final int OUTAGE_ENDS = 80;

    private final String policy;
    private final boolean loseNothing;

    FaultPlan(String policy, boolean loseNothing) {
        this.policy = policy;
        this.loseNothing = loseNothing;
    }

    /** The resource with the policy of the run. */
    String policy() {
        return policy;
    }

    /** True when no message may be lost, refused, doubled or reordered; else the plain bus's loss is the measure. */
    boolean mustLoseNothing() {
        return loseNothing;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** All that is done in a run of a length, in order; the last seconds are left in peace. */
    List<Fault> faults(long seconds) {
        List<Fault> faults = new ArrayList<>();
        switch (this) {
            case CALM -> {}
            case ORCHESTRATORS -> killOrchestrators(faults, seconds - SETTLING);
            case ROLLING -> restartOrchestrators(faults, seconds - SETTLING);
            case NODES -> killAndPauseNodes(faults, seconds - ROUND);
            case OUTAGE -> outage(faults);
        }
        faults.sort(Comparator.comparingLong(Fault::second));
        return faults;
    }

    private static void killOrchestrators(List<Fault> faults, long until) {
        for (int i = 0; (i + 1) * BETWEEN_KILLS <= until; i++) {
            int victim = i;
            long at = (i + 1L) * BETWEEN_KILLS;
            faults.add(
                    new Fault(at, "an orchestrator is killed", cluster -> cluster.kill(SoakRole.ORCHESTRATOR, victim)));
            faults.add(new Fault(
                    at + DOWN, "it is started again", cluster -> cluster.restart(SoakRole.ORCHESTRATOR, victim)));
        }
    }

    private static void restartOrchestrators(List<Fault> faults, long until) {
        for (int i = 0; (i + 1) * BETWEEN_RESTARTS <= until; i++) {
            int next = i;
            faults.add(new Fault(
                    (i + 1L) * BETWEEN_RESTARTS,
                    "an orchestrator is stopped and started again",
                    cluster -> cluster.renew(SoakRole.ORCHESTRATOR, next)));
        }
    }

    private static void killAndPauseNodes(List<Fault> faults, long until) {
        for (int i = 0; 4 + (long) i * ROUND <= until; i++) {
            long at = 4 + (long) i * ROUND;
            int one = i;
            int other = i + 1;
            faults.add(new Fault(at, "a provider is killed", cluster -> cluster.kill(SoakRole.PROVIDER, one)));
            faults.add(new Fault(at + 3, "it is started again", cluster -> cluster.restart(SoakRole.PROVIDER, one)));
            faults.add(new Fault(at + 12, "another provider is paused", c -> c.pause(SoakRole.PROVIDER, other)));
            faults.add(new Fault(at + 14, "it goes on", cluster -> cluster.resume(SoakRole.PROVIDER, other)));
            faults.add(new Fault(at + 18, "a caller is paused past its lease", c -> c.pause(SoakRole.CALLER, one)));
            faults.add(new Fault(at + 25, "it goes on", cluster -> cluster.resume(SoakRole.CALLER, one)));
        }
    }

    private static void outage(List<Fault> faults) {
        faults.add(new Fault(
                OUTAGE_BEGINS, "all orchestrators are killed", cluster -> cluster.killAll(SoakRole.ORCHESTRATOR)));
        faults.add(
                new Fault(OUTAGE_ENDS, "all are started again", cluster -> cluster.restartAll(SoakRole.ORCHESTRATOR)));
    }
}
