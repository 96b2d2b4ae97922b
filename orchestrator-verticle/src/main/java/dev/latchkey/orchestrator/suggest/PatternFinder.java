// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.suggest;

import dev.latchkey.eventbus.policy.AddressPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds addresses that differ in one segment only and that the same parties use: they become one pattern. A pattern is
 * refused if it would take in any other address that was observed, or meet a pattern that is taken.
 */
final class PatternFinder {
    private static final int LEAST = 3;
    private static final String ANY = "*";

    private final Collection<Use> observed;
    private final List<AddressPattern> taken;

    /**
     * A finder.
     *
     * @param observed everything, so that no pattern takes in too much
     * @param taken patterns that belong to operations
     */
    PatternFinder(Collection<Use> observed, Collection<AddressPattern> taken) {
        this.observed = observed;
        this.taken = new ArrayList<>(taken);
    }

    /** Uses that may become one. */
    private record Kinship(String pattern, Set<String> senders, Set<String> receivers) {}

    /** The candidates of complete uses, in the order of their patterns. */
    List<Candidate> candidates(List<Use> uses) {
        List<Candidate> merged = merged(uses);
        Set<Use> within = new HashSet<>(
                merged.stream().flatMap(one -> one.uses().stream()).toList());
        Stream<Candidate> alone =
                uses.stream().filter(use -> !within.contains(use)).map(Candidate::of);
        return Stream.concat(merged.stream(), alone)
                .sorted(Comparator.comparing(candidate -> candidate.pattern().toString()))
                .toList();
    }

    private List<Candidate> merged(List<Use> uses) {
        List<Candidate> merged = new ArrayList<>();
        kin(uses).entrySet().stream()
                .filter(kin -> kin.getValue().size() >= LEAST)
                .map(kin -> new Candidate(AddressPattern.parse(kin.getKey().pattern()), kin.getValue()))
                .sorted(Comparator.comparingInt((Candidate one) -> -one.uses().size())
                        .thenComparing(one -> one.pattern().toString()))
                .filter(this::isFree)
                .forEachOrdered(candidate -> {
                    taken.add(candidate.pattern());
                    merged.add(candidate);
                });
        return merged;
    }

    private static Map<Kinship, List<Use>> kin(List<Use> uses) {
        Map<Kinship, List<Use>> kin = new LinkedHashMap<>();
        uses.forEach(use -> patterns(use.address()).forEach(pattern -> kin.computeIfAbsent(
                        new Kinship(
                                pattern, use.senders().names(), use.receivers().names()),
                        first -> new ArrayList<>())
                .add(use)));
        return kin;
    }

    /** The address with each of its segments left open. One without dots has none: its pattern would be every such address. */
    private static List<String> patterns(String address) {
        String[] segments = address.split("\\.", -1);
        List<String> patterns = new ArrayList<>();
        for (int i = 0; i < segments.length && segments.length > 1; i++) {
            String[] open = segments.clone();
            open[i] = ANY;
            patterns.add(String.join(".", open));
        }
        return patterns;
    }

    private boolean isFree(Candidate candidate) {
        Set<Use> own = new HashSet<>(candidate.uses());
        return taken.stream().noneMatch(candidate.pattern()::overlaps)
                && observed.stream()
                        .filter(use -> candidate.pattern().matches(use.address()))
                        .allMatch(own::contains);
    }
}
