/* SPDX-License-Identifier: Apache-2.0
 *
 * Tokens, rotation and revocation, with an adversary who delivers any notice that was ever published, any number of times and in
 * any order, or never, and who (with -DROLLBACK) puts any earlier record of the shared state back. With -DCUT the cluster falls into
 * two halves that both go on, and heals with the record of either. See README.md.
 *
 * A record of the state is an epoch with the chain that its key comes from, and whether the instance is revoked. A key is known by
 * its epoch and its chain. Time only enters as nondeterminism: whatever may happen later may happen now.
 */
#define ORCHESTRATORS 2
#define NO_KEY 99

/* Numbers of the first chain, then of those that replace it. */
#define LAST_OF_FIRST 3
#define LENGTH 2
#define MAX_EPOCH 7

#ifdef ROLLBACK
#define ROLLED_BACK 1
#else
#define ROLLED_BACK 0
#endif

/* The shared map: what is there now, in each half while the cluster is cut, and all that ever was there. */
byte epoch[2] = 1, chain[2] = 0;
bool cut = false;
bool revoked = false;
byte pastChain[MAX_EPOCH + 1] = NO_KEY;
#define half(self) (cut -> self : 0)

/* What each orchestrator remembers: its high-water mark with its chain, and how often it has made a chain. */
byte mark[ORCHESTRATORS] = 1;
byte markChain[ORCHESTRATORS] = 0;
byte chains = 0;
bool knowsRevoked[ORCHESTRATORS] = false;

/* The provider: what it learned of revocation, and since when it must refuse. */
byte number = 0;          /* of the newest notice or answer that it took: 0, or 1 once the revocation is told */
bool refuses = false;
bool everKnew = false;    /* ghost */
bool published = false;   /* a notice is in the adversary's hands */

/* Ghosts that the reachability checks read. */
bool honestAccepted = false, revokedAccepted = false, rotated = false, healed = false, replacedWhileCut = false;

/* The last number that a chain is followed to: chain 0 is the first one, chain c the c-th that replaced another. */
#define lastOf(c) ((c == 0 || c >= 20) -> LAST_OF_FIRST : LAST_OF_FIRST + c * LENGTH)

/* Writes what was made, and checks that its number belongs to no other key. */
inline write(self, newEpoch, newChain) {
    epoch[half(self)] = newEpoch; chain[half(self)] = newChain;
    mark[self] = newEpoch; markChain[self] = newChain;
    assert(pastChain[newEpoch] == NO_KEY || pastChain[newEpoch] == newChain); /* one_key_per_epoch */
    pastChain[newEpoch] = newChain;
    rotated = true
}

/* The chain that the next key of a record comes from: without a ratchet, every maker draws its own. */
#ifdef NO_RATCHET
#define following(self, c) (20 + self)
#else
#define following(self, c) c
#endif

/* Reads the record as KeyLines.advance does: an older one than remembered is written over, a newer one taken. */
inline advance(self) {
    atomic {
        seenEpoch = epoch[half(self)]; seenChain = chain[half(self)];
    }
    if
#ifndef NO_HIGH_WATER_MARK
    :: seenEpoch < mark[self] -> /* rolled back, or the other half's: what is remembered is put back */
        atomic { epoch[half(self)] = mark[self]; chain[half(self)] = markChain[self] }
#endif
    :: else ->
        atomic {
            assert(seenEpoch >= mark[self]); /* epochs_monotonic */
            mark[self] = seenEpoch; markChain[self] = seenChain;
        }
        if
        :: seenEpoch < lastOf(seenChain) ->
#ifdef NO_COMPARE_AND_SET
            /* Two steps: another orchestrator may write in between, and is written over. */
            write(self, seenEpoch + 1, following(self, seenChain))
#else
            atomic {
                if
                :: epoch[half(self)] == seenEpoch && chain[half(self)] == seenChain ->
                    write(self, seenEpoch + 1, following(self, seenChain))
                :: else -> skip
                fi
            }
#endif
        :: else -> skip
        fi
    fi
}

/* A provider was revoked: a chain that nobody has seen, under numbers that nobody else uses (a random leap, taken not to repeat). */
inline replace(self) {
    atomic {
        seenEpoch = epoch[half(self)]; seenChain = chain[half(self)];
    }
    atomic {
        if
        :: epoch[half(self)] == seenEpoch && chain[half(self)] == seenChain && seenEpoch >= mark[self] && chains < 2 ->
            chains++;
            replacedWhileCut = replacedWhileCut || cut;
#ifdef NO_LEAP
            if
            :: seenEpoch < LAST_OF_FIRST -> write(self, seenEpoch + 1, chains)
            :: else -> skip
            fi
#else
            /* The numbers of chain c begin behind those of chain c-1, so they are also above those of every chain before. */
            write(self, LAST_OF_FIRST + 1 + (chains - 1) * LENGTH, chains)
#endif
        :: else -> skip
        fi
    }
}

proctype Orchestrator(byte self) {
    byte seenEpoch, seenChain;
    byte turns = 0;
    do
    :: turns < 3 -> turns++; advance(self)
    :: turns < 3 -> turns++; replace(self)
    /* Revoke: the list first, then the notice. */
    :: self == 0 && !knowsRevoked[self] -> atomic { revoked = true; knowsRevoked[self] = true }
                                           published = true
    :: turns >= 3 -> break
    od
}

/* The provider takes what the adversary delivers, and what a renewal answers. */
proctype Provider() {
    byte told;
    byte turns = 0;
    do
    :: turns < 6 ->
        turns++;
        if
        /* A notice: the newest, or an old one that the adversary kept (number 0 stands for those before the revocation). */
        :: atomic { if :: published -> told = 1 :: told = 0 fi;
#ifdef NO_NUMBER_CHECK
                    number = told; refuses = (told == 1); everKnew = everKnew || refuses }
#else
                    if :: told > number -> number = told; refuses = true; everKnew = true :: else -> skip fi }
#endif
#ifndef NO_HEALING
        /* A renewal: the adversary dropped every notice, and the answer tells all the same. */
        :: atomic { revoked && number == 0 -> number = 1; refuses = true; everKnew = true; healed = true }
#endif
        /* A message of the revoked instance, of its own operation. */
        :: atomic { !refuses -> assert(!everKnew); /* no_acceptance_after_revocation_is_known */ revokedAccepted = true }
        /* A message of an honest instance; the token's operation is the adversary's to choose among those it has tokens of. */
        :: atomic {
              byte operation;
              if :: operation = 1 :: operation = 2 fi;
              if
#ifndef NO_SCOPE_CHECK
              :: operation != 1 -> skip
#endif
              :: else -> assert(operation == 1); /* no_message_of_another_operation */ honestAccepted = true
              fi
           }
        fi
    :: turns >= 6 -> break
    od
#ifdef SUPPRESSED
    /* After its last renewal the provider knows, whatever the adversary dropped. */
    if
    :: revoked && number == 0 ->
#ifndef NO_HEALING
        number = 1; refuses = true; everKnew = true;
#endif
        assert(refuses) /* revocation_known_after_renewal */
    :: else -> skip
    fi
#endif
}

/* Puts an earlier record back, at any time. */
proctype Adversary() {
    byte turns = 0;
    byte old;
    do
    :: ROLLED_BACK && turns < 2 ->
        turns++;
        atomic {
            select(old : 1 .. MAX_EPOCH);
            if
            :: pastChain[old] != NO_KEY -> epoch[0] = old; chain[0] = pastChain[old]
            :: else -> skip
            fi
        }
    :: break
    od
}

#ifdef CUT
/* Nobody has noticed yet, so both halves write; then one half's records are what is left. */
proctype Network() {
    atomic { epoch[1] = epoch[0]; chain[1] = chain[0]; cut = true }
    atomic {
        if
        :: skip
        :: epoch[0] = epoch[1]; chain[0] = chain[1]
        fi
        cut = false
    }
}
#endif

init {
    atomic {
        pastChain[1] = 0;
        run Orchestrator(0); run Orchestrator(1);
#ifndef NO_PROVIDER
        run Provider();
#endif
        run Adversary();
#ifdef CUT
        run Network()
#endif
    }
}
#ifdef REACH_HONEST
ltl p { [] !honestAccepted }
#endif
#ifdef REACH_ROTATED
ltl p { [] !rotated }
#endif
#ifdef REACH_HEALED
ltl p { [] !healed }
#endif
#ifdef REACH_REVOKED_BEFORE_KNOWN
ltl p { [] !revokedAccepted }
#endif
#ifdef REACH_REPLACED_WHILE_CUT
ltl p { [] !replacedWhileCut }
#endif
