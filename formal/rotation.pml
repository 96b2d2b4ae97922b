/* SPDX-License-Identifier: Apache-2.0
 *
 * Tokens, rotation and revocation, with an adversary who delivers any notice that was ever published, any number of times and in
 * any order, or never, and who (with -DROLLBACK) puts any earlier record of the shared state back. See README.md.
 *
 * A record of the state is an epoch with the key that its winner made, and whether the instance is revoked. Time only enters as
 * nondeterminism: whatever may happen later may happen now.
 */
#define ORCHESTRATORS 2
#define MAX_EPOCH 3
#define NO_KEY 9

#ifdef ROLLBACK
#define ROLLED_BACK 1
#else
#define ROLLED_BACK 0
#endif

/* The shared map: what is there now, and all that ever was there, which the adversary may write back. */
byte epoch = 1, maker = 0;
bool revoked = false;
byte pastMaker[MAX_EPOCH + 1] = NO_KEY;

/* What each orchestrator remembers: its high-water mark, and the key that it holds for each epoch. */
byte mark[ORCHESTRATORS] = 1;
bool knowsRevoked[ORCHESTRATORS] = false;

/* The provider: what it learned of revocation, and since when it must refuse. */
byte number = 0;          /* of the newest notice or answer that it took: 0, or 1 once the revocation is told */
bool refuses = false;
bool everKnew = false;    /* ghost */
bool published = false;   /* a notice is in the adversary's hands */

/* Ghosts that the reachability checks read. */
bool honestAccepted = false, revokedAccepted = false, rotated = false, healed = false;

/* The epoch that an orchestrator issues under only grows. */
inline issue(self) {
    assert(mark[self] <= MAX_EPOCH);
}

/* Reads the record as KeyLines.advance does: an older one than remembered is written over, a newer one taken. */
inline advance(self) {
    atomic {
        seenEpoch = epoch; seenMaker = maker;
    }
    if
#ifndef NO_HIGH_WATER_MARK
    :: seenEpoch < mark[self] -> skip /* rolled back: what is remembered is put back, nothing is issued from the record */
#endif
    :: else ->
        atomic {
            assert(seenEpoch >= mark[self]); /* epochs_monotonic */
            mark[self] = seenEpoch;
        }
        if
        :: seenEpoch < MAX_EPOCH ->
#ifdef NO_COMPARE_AND_SET
            /* Two steps: another orchestrator may write in between, and is written over. */
            epoch = seenEpoch + 1;
            maker = self;
            mark[self] = seenEpoch + 1;
            assert(pastMaker[seenEpoch + 1] == NO_KEY || pastMaker[seenEpoch + 1] == self); /* one_key_per_epoch */
            pastMaker[seenEpoch + 1] = self;
            rotated = true
#else
            atomic {
                if
                :: epoch == seenEpoch && maker == seenMaker ->
                    epoch = seenEpoch + 1; maker = self; mark[self] = seenEpoch + 1;
                    assert(pastMaker[epoch] == NO_KEY || pastMaker[epoch] == self); /* one_key_per_epoch */
                    pastMaker[epoch] = self;
                    rotated = true
                :: else -> skip
                fi
            }
#endif
        :: else -> skip
        fi
    fi
}

proctype Orchestrator(byte self) {
    byte seenEpoch, seenMaker;
    byte turns = 0;
    do
    :: turns < 3 -> turns++; advance(self)
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
    do
    :: ROLLED_BACK && turns < 2 && epoch > 1 ->
        turns++;
        atomic { epoch = epoch - 1; maker = (pastMaker[epoch] == NO_KEY -> 0 : pastMaker[epoch]) }
    :: break
    od
}

init {
    atomic {
        pastMaker[0] = NO_KEY; pastMaker[1] = 0; pastMaker[2] = NO_KEY; pastMaker[3] = NO_KEY;
        run Orchestrator(0); run Orchestrator(1); run Provider(); run Adversary()
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
