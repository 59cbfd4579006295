package com.berryfi.vmsync.backend;

import com.berryfi.vmsync.model.BillingInstruction;
import com.berryfi.vmsync.port.BillingPort;
import java.time.Duration;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Charges for sessions, once they have ended. */
@Service
public class BillingService implements BillingPort {

    private static final double CREDITS_PER_SECOND = 1.0 / 60;

    private final BillingTransactions transactions;

    BillingService(BillingTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    @Transactional
    public void apply(BillingInstruction instruction) {
        if (instruction instanceof BillingInstruction.Stop stop) {
            charge(stop.key().toString(), stop.session().value(), stop.total());
        }
    }

    /** Charges for a time of use; a transaction that is known is not booked again. */
    @Transactional
    public double charge(String transactionId, String sessionId, Duration used) {
        double credits = used.toSeconds() * CREDITS_PER_SECOND;
        if (!transactions.existsById(transactionId)) {
            BillingTransaction transaction = new BillingTransaction();
            transaction.id = transactionId;
            transaction.sessionId = sessionId;
            transaction.seconds = used.toSeconds();
            transaction.credits = credits;
            transactions.save(transaction);
        }
        return credits;
    }
}
