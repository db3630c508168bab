"""The first tables of a station's database.

A million rows: none are there yet, it only ever runs on an empty database.

Written by packaging/renew-migration until the first release; not by hand.
"""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None

STATEMENTS = (
    """
    CREATE TABLE audit (
        n INTEGER NOT NULL,
        at INTEGER NOT NULL,
        staff TEXT NOT NULL,
        what TEXT NOT NULL,
        object TEXT NOT NULL,
        reason TEXT NOT NULL,
        CONSTRAINT pk_audit PRIMARY KEY (n)
    ) STRICT
    """,
    """
    CREATE INDEX ix_audit_at ON audit (at)
    """,
    """
    CREATE INDEX ix_audit_object ON audit (object)
    """,
    """
    CREATE TABLE backup_places (
        one INTEGER NOT NULL CHECK (one = 1),
        folder TEXT,
        chosen_at INTEGER,
        carried_at INTEGER,
        drilled_at INTEGER,
        log_damaged_at INTEGER,
        CONSTRAINT pk_backup_places PRIMARY KEY (one)
    ) STRICT
    """,
    """
    CREATE TABLE batch_sums (
        stock TEXT NOT NULL,
        gift TEXT NOT NULL,
        batch TEXT NOT NULL,
        lines INTEGER NOT NULL,
        quantity INTEGER NOT NULL,
        CONSTRAINT pk_batch_sums PRIMARY KEY (stock, gift, batch)
    ) STRICT
    """,
    """
    CREATE INDEX ix_batch_sums_stock_gift ON batch_sums (stock, gift) WHERE quantity <> 0
    """,
    """
    CREATE TABLE batches (
        stock_id TEXT NOT NULL,
        id TEXT NOT NULL,
        gift TEXT NOT NULL,
        received INTEGER NOT NULL,
        source TEXT NOT NULL,
        origin TEXT NOT NULL,
        remark TEXT NOT NULL,
        received_on TEXT NOT NULL,
        expires_on TEXT,
        unit_cost_cents INTEGER,
        received_at INTEGER NOT NULL,
        received_by TEXT NOT NULL,
        CONSTRAINT pk_batches PRIMARY KEY (stock_id, id)
    ) STRICT
    """,
    """
    CREATE TABLE blobs (
        hash TEXT NOT NULL,
        added_at INTEGER NOT NULL,
        content BLOB NOT NULL,
        CONSTRAINT pk_blobs PRIMARY KEY (hash)
    ) STRICT
    """,
    """
    CREATE TABLE certificate_services (
        certificate_id TEXT NOT NULL,
        service TEXT NOT NULL,
        CONSTRAINT pk_certificate_services PRIMARY KEY (certificate_id, service)
    ) STRICT
    """,
    """
    CREATE INDEX ix_certificate_services_service ON certificate_services (service)
    """,
    """
    CREATE TABLE certificates (
        id TEXT NOT NULL,
        fact TEXT NOT NULL,
        number TEXT NOT NULL,
        person TEXT NOT NULL,
        minutes INTEGER NOT NULL,
        unit TEXT NOT NULL,
        region TEXT NOT NULL,
        issued_on TEXT NOT NULL,
        issued_at INTEGER NOT NULL,
        issued_by TEXT NOT NULL,
        content_hash BLOB NOT NULL,
        signature BLOB NOT NULL,
        replaces TEXT,
        copies INTEGER NOT NULL,
        reprinted_on TEXT,
        voided_on TEXT,
        voided_at INTEGER,
        voided_by TEXT,
        void_reason TEXT NOT NULL,
        CONSTRAINT pk_certificates PRIMARY KEY (id)
    ) STRICT
    """,
    """
    CREATE INDEX ix_certificates_issued_at ON certificates (issued_at)
    """,
    """
    CREATE INDEX ix_certificates_number ON certificates (number)
    """,
    """
    CREATE INDEX ix_certificates_person ON certificates (person)
    """,
    """
    CREATE INDEX ix_certificates_replaces ON certificates (replaces)
    """,
    """
    CREATE TABLE closed_gift_sums (
        stock TEXT NOT NULL,
        gift TEXT NOT NULL,
        lines INTEGER NOT NULL,
        received INTEGER NOT NULL,
        redeemed INTEGER NOT NULL,
        returned INTEGER NOT NULL,
        written_off INTEGER NOT NULL,
        difference INTEGER NOT NULL,
        CONSTRAINT pk_closed_gift_sums PRIMARY KEY (stock, gift)
    ) STRICT
    """,
    """
    CREATE TABLE closed_gifts (
        fact TEXT NOT NULL,
        line INTEGER NOT NULL,
        stock TEXT NOT NULL,
        closing TEXT NOT NULL,
        gift TEXT NOT NULL,
        stock_before INTEGER NOT NULL,
        received INTEGER NOT NULL,
        redeemed INTEGER NOT NULL,
        returned INTEGER NOT NULL,
        written_off INTEGER NOT NULL,
        difference INTEGER NOT NULL,
        stock_after INTEGER NOT NULL,
        CONSTRAINT pk_closed_gifts PRIMARY KEY (fact, line)
    ) STRICT
    """,
    """
    CREATE INDEX ix_closed_gifts_closing ON closed_gifts (closing)
    """,
    """
    CREATE TABLE closing_sums (
        stock TEXT NOT NULL,
        lines INTEGER NOT NULL,
        redemptions INTEGER NOT NULL,
        reversals INTEGER NOT NULL,
        redeemed_cents INTEGER NOT NULL,
        restored_cents INTEGER NOT NULL,
        CONSTRAINT pk_closing_sums PRIMARY KEY (stock)
    ) STRICT
    """,
    """
    CREATE TABLE closings (
        fact TEXT NOT NULL,
        line INTEGER NOT NULL,
        stock TEXT NOT NULL,
        id TEXT NOT NULL,
        closed_on TEXT NOT NULL,
        closed_at INTEGER NOT NULL,
        closed_by TEXT NOT NULL,
        redemptions INTEGER NOT NULL,
        reversals INTEGER NOT NULL,
        redeemed_cents INTEGER NOT NULL,
        restored_cents INTEGER NOT NULL,
        CONSTRAINT pk_closings PRIMARY KEY (fact, line)
    ) STRICT
    """,
    """
    CREATE INDEX ix_closings_stock_closed_at ON closings (stock, closed_at)
    """,
    """
    CREATE TABLE count_causes (
        stock_id TEXT NOT NULL,
        count_id TEXT NOT NULL,
        gift TEXT NOT NULL,
        cause TEXT NOT NULL,
        CONSTRAINT pk_count_causes PRIMARY KEY (stock_id, count_id, gift)
    ) STRICT
    """,
    """
    CREATE TABLE counted_batches (
        stock_id TEXT NOT NULL,
        count_id TEXT NOT NULL,
        batch TEXT NOT NULL,
        gift TEXT NOT NULL,
        book INTEGER NOT NULL,
        counted INTEGER NOT NULL,
        CONSTRAINT pk_counted_batches PRIMARY KEY (stock_id, count_id, batch)
    ) STRICT
    """,
    """
    CREATE TABLE counter_entries (
        fact TEXT NOT NULL,
        line INTEGER NOT NULL,
        stock TEXT NOT NULL,
        kind TEXT NOT NULL,
        redemption TEXT NOT NULL,
        points_cents INTEGER NOT NULL,
        CONSTRAINT pk_counter_entries PRIMARY KEY (fact, line)
    ) STRICT
    """,
    """
    CREATE TABLE counter_sums (
        stock TEXT NOT NULL,
        kind TEXT NOT NULL,
        lines INTEGER NOT NULL,
        points_cents INTEGER NOT NULL,
        CONSTRAINT pk_counter_sums PRIMARY KEY (stock, kind)
    ) STRICT
    """,
    """
    CREATE TABLE counters (
        name TEXT NOT NULL,
        value INTEGER NOT NULL,
        CONSTRAINT pk_counters PRIMARY KEY (name)
    ) STRICT
    """,
    """
    CREATE TABLE counts (
        stock_id TEXT NOT NULL,
        id TEXT NOT NULL,
        counted_on TEXT NOT NULL,
        counted_at INTEGER NOT NULL,
        counted_by TEXT NOT NULL,
        differs INTEGER NOT NULL,
        explained_at INTEGER,
        reason TEXT NOT NULL,
        CONSTRAINT pk_counts PRIMARY KEY (stock_id, id)
    ) STRICT
    """,
    """
    CREATE INDEX ix_counts_stock_id_counted_at ON counts (stock_id, counted_at)
    """,
    """
    CREATE TABLE device (
        one INTEGER NOT NULL CHECK (one = 1),
        id TEXT NOT NULL,
        incarnation INTEGER NOT NULL,
        register TEXT NOT NULL,
        private_key BLOB NOT NULL,
        station TEXT NOT NULL,
        newest_at INTEGER NOT NULL,
        CONSTRAINT pk_device PRIMARY KEY (one)
    ) STRICT
    """,
    """
    CREATE TABLE donations (
        wallet_id TEXT NOT NULL,
        id TEXT NOT NULL,
        "to" TEXT NOT NULL,
        points_cents INTEGER NOT NULL,
        CONSTRAINT pk_donations PRIMARY KEY (wallet_id, id)
    ) STRICT
    """,
    """
    CREATE INDEX ix_donations_id ON donations (id)
    """,
    """
    CREATE TABLE drafts (
        id TEXT NOT NULL,
        kind TEXT NOT NULL,
        staff TEXT NOT NULL,
        begun_at INTEGER NOT NULL,
        saved_at INTEGER NOT NULL,
        body TEXT NOT NULL,
        CONSTRAINT pk_drafts PRIMARY KEY (id)
    ) STRICT
    """,
    """
    CREATE INDEX ix_drafts_staff_kind ON drafts (staff, kind)
    """,
    """
    CREATE TABLE gift_sums (
        stock TEXT NOT NULL,
        gift TEXT NOT NULL,
        kind TEXT NOT NULL,
        lines INTEGER NOT NULL,
        quantity INTEGER NOT NULL,
        CONSTRAINT pk_gift_sums PRIMARY KEY (stock, gift, kind)
    ) STRICT
    """,
    """
    CREATE TABLE gifts (
        id TEXT NOT NULL,
        code TEXT NOT NULL,
        name TEXT NOT NULL,
        spec TEXT NOT NULL,
        unit TEXT NOT NULL,
        points_cents INTEGER NOT NULL,
        low_stock INTEGER NOT NULL,
        picture TEXT,
        withdrawn INTEGER NOT NULL,
        listed_at INTEGER NOT NULL,
        CONSTRAINT pk_gifts PRIMARY KEY (id)
    ) STRICT
    """,
    """
    CREATE INDEX ix_gifts_code ON gifts (code)
    """,
    """
    CREATE TABLE grants (
        id TEXT NOT NULL,
        person TEXT NOT NULL,
        cause TEXT NOT NULL,
        source TEXT NOT NULL,
        points_cents INTEGER NOT NULL,
        granted_at INTEGER NOT NULL,
        granted_by TEXT NOT NULL,
        revoked_at INTEGER,
        CONSTRAINT pk_grants PRIMARY KEY (id)
    ) STRICT
    """,
    """
    CREATE INDEX ix_grants_source_cause ON grants (source, cause)
    """,
    """
    CREATE TABLE habits (
        staff TEXT NOT NULL,
        name TEXT NOT NULL,
        value TEXT NOT NULL,
        CONSTRAINT pk_habits PRIMARY KEY (staff, name)
    ) STRICT
    """,
    """
    CREATE TABLE hour_entries (
        fact TEXT NOT NULL,
        line INTEGER NOT NULL,
        person TEXT NOT NULL,
        service TEXT NOT NULL,
        minutes INTEGER NOT NULL,
        served_on TEXT NOT NULL,
        at INTEGER NOT NULL,
        CONSTRAINT pk_hour_entries PRIMARY KEY (fact, line)
    ) STRICT
    """,
    """
    CREATE INDEX ix_hour_entries_person_served_on_minutes ON hour_entries (person, served_on, minutes)
    """,
    """
    CREATE INDEX ix_hour_entries_served_on_minutes ON hour_entries (served_on, minutes)
    """,
    """
    CREATE TABLE hour_sums (
        person TEXT NOT NULL,
        lines INTEGER NOT NULL,
        minutes INTEGER NOT NULL,
        CONSTRAINT pk_hour_sums PRIMARY KEY (person)
    ) STRICT
    """,
    """
    CREATE TABLE log (
        n INTEGER NOT NULL,
        fact TEXT NOT NULL,
        device TEXT NOT NULL,
        incarnation INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        object TEXT NOT NULL,
        kind TEXT NOT NULL,
        known INTEGER NOT NULL,
        raw BLOB NOT NULL,
        hash BLOB NOT NULL,
        position INTEGER,
        verdict TEXT,
        CONSTRAINT pk_log PRIMARY KEY (n),
        CONSTRAINT uq_log_device_incarnation_seq UNIQUE (device, incarnation, seq),
        CONSTRAINT uq_log_fact UNIQUE (fact)
    ) STRICT
    """,
    """
    CREATE INDEX ix_log_folding_order ON log (object, (position IS NULL), position)
    """,
    """
    CREATE INDEX ix_log_from_newer_program ON log (object) WHERE known = 0
    """,
    """
    CREATE TABLE log_private (
        fact TEXT NOT NULL,
        person TEXT NOT NULL,
        sealed BLOB NOT NULL,
        locked_until TEXT,
        CONSTRAINT pk_log_private PRIMARY KEY (fact, person)
    ) STRICT
    """,
    """
    CREATE INDEX ix_log_private_locked ON log_private (locked_until) WHERE locked_until IS NOT NULL
    """,
    """
    CREATE INDEX ix_log_private_person ON log_private (person)
    """,
    """
    CREATE TABLE orders (
        id TEXT NOT NULL,
        number TEXT NOT NULL,
        owner TEXT NOT NULL,
        state TEXT NOT NULL,
        channel TEXT NOT NULL,
        category TEXT NOT NULL,
        region TEXT NOT NULL,
        requester TEXT NOT NULL,
        beneficiary TEXT NOT NULL,
        proxy TEXT,
        consented INTEGER NOT NULL,
        urgent INTEGER NOT NULL,
        policy_covered INTEGER NOT NULL,
        cautions TEXT NOT NULL,
        what TEXT NOT NULL,
        place TEXT NOT NULL,
        mind TEXT NOT NULL,
        submitted_at INTEGER NOT NULL,
        submitted_by TEXT NOT NULL,
        wanted_from INTEGER,
        wanted_at INTEGER,
        due_at INTEGER,
        pool_due_at INTEGER,
        changed_at INTEGER NOT NULL,
        asked_again INTEGER NOT NULL,
        refusals INTEGER NOT NULL,
        team TEXT,
        volunteer TEXT,
        dispatched_at INTEGER,
        accepted_at INTEGER,
        contact_by INTEGER,
        contacted_at INTEGER,
        started_at INTEGER,
        finished_at INTEGER,
        office TEXT,
        handed_up_at INTEGER,
        taken_by TEXT,
        taken_at INTEGER,
        advance_cents INTEGER,
        spent_cents INTEGER,
        repaid_cents INTEGER,
        settled_at INTEGER,
        stars INTEGER,
        ratings INTEGER NOT NULL,
        rated_how TEXT,
        rated_at INTEGER,
        rating_words TEXT,
        call_back_by INTEGER,
        fix_by INTEGER,
        called_back_at INTEGER,
        call_back_open INTEGER NOT NULL,
        ended_at INTEGER,
        CONSTRAINT pk_orders PRIMARY KEY (id)
    ) STRICT
    """,
    """
    CREATE INDEX ix_orders_beneficiary_submitted_at ON orders (beneficiary, submitted_at)
    """,
    """
    CREATE INDEX ix_orders_ended_at ON orders (ended_at)
    """,
    """
    CREATE INDEX ix_orders_finished_at ON orders (finished_at) WHERE finished_at IS NOT NULL
    """,
    """
    CREATE INDEX ix_orders_number ON orders (number)
    """,
    """
    CREATE INDEX ix_orders_open ON orders (state, due_at) WHERE state NOT IN ('rejected', 'cancelled',
            'closed')
    """,
    """
    CREATE INDEX ix_orders_rated_at_team_stars ON orders (rated_at, team, stars) WHERE rated_at IS NOT NULL
    """,
    """
    CREATE INDEX ix_orders_requester_submitted_at ON orders (requester, submitted_at)
    """,
    """
    CREATE INDEX ix_orders_submitted_at ON orders (submitted_at)
    """,
    """
    CREATE INDEX ix_orders_team_dispatched_at ON orders (team, dispatched_at)
    """,
    """
    CREATE TABLE people (
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        sort_key TEXT NOT NULL,
        id_type TEXT NOT NULL,
        id_number TEXT NOT NULL,
        sex TEXT NOT NULL,
        born_on TEXT,
        phone TEXT NOT NULL,
        other_phone TEXT NOT NULL,
        region TEXT NOT NULL,
        address TEXT NOT NULL,
        groups TEXT NOT NULL,
        remark TEXT NOT NULL,
        guardian TEXT,
        registered_at INTEGER NOT NULL,
        changed_at INTEGER NOT NULL,
        number TEXT,
        registered_on TEXT,
        referrer TEXT,
        skills TEXT NOT NULL,
        qualifications TEXT NOT NULL,
        categories TEXT NOT NULL,
        availability TEXT NOT NULL,
        left_at INTEGER,
        left_reason TEXT,
        erased_at INTEGER,
        CONSTRAINT pk_people PRIMARY KEY (id)
    ) STRICT
    """,
    """
    CREATE INDEX ix_people_id_number ON people (id_number) WHERE id_number != ''
    """,
    """
    CREATE INDEX ix_people_number ON people (number) WHERE number IS NOT NULL
    """,
    """
    CREATE INDEX ix_people_phone ON people (phone) WHERE phone != ''
    """,
    """
    CREATE INDEX ix_people_region ON people (region) WHERE region != ''
    """,
    """
    CREATE INDEX ix_people_sort_key ON people (sort_key)
    """,
    """
    CREATE INDEX ix_people_volunteers ON people (sort_key, id, left_at, region, categories, registered_on)
            WHERE registered_on IS NOT NULL
    """,
    """
    CREATE TABLE point_debts (
        fact TEXT NOT NULL,
        line INTEGER NOT NULL,
        person TEXT NOT NULL,
        served_on TEXT,
        points_cents INTEGER NOT NULL,
        CONSTRAINT pk_point_debts PRIMARY KEY (fact, line)
    ) STRICT
    """,
    """
    CREATE INDEX ix_point_debts_person_points_cents ON point_debts (person, points_cents)
    """,
    """
    CREATE TABLE point_entries (
        fact TEXT NOT NULL,
        line INTEGER NOT NULL,
        person TEXT NOT NULL,
        kind TEXT NOT NULL,
        source TEXT,
        points_cents INTEGER NOT NULL,
        counted_on TEXT NOT NULL,
        at INTEGER NOT NULL,
        CONSTRAINT pk_point_entries PRIMARY KEY (fact, line)
    ) STRICT
    """,
    """
    CREATE INDEX ix_point_entries_counted_on_points_cents ON point_entries (counted_on, points_cents) WHERE
            kind = 'expired'
    """,
    """
    CREATE INDEX ix_point_entries_person_counted_on_at_kind_points_cents ON point_entries (person,
            counted_on, at, kind, points_cents)
    """,
    """
    CREATE TABLE policies (
        policy_id TEXT NOT NULL,
        fact TEXT NOT NULL,
        value TEXT NOT NULL,
        valid_from TEXT NOT NULL,
        set_at INTEGER NOT NULL,
        set_by TEXT NOT NULL,
        withdrawn_at INTEGER,
        withdrawn_by TEXT,
        CONSTRAINT pk_policies PRIMARY KEY (policy_id, fact)
    ) STRICT
    """,
    """
    CREATE TABLE printers (
        paper TEXT NOT NULL,
        printer TEXT NOT NULL,
        copies INTEGER NOT NULL,
        CONSTRAINT pk_printers PRIMARY KEY (paper)
    ) STRICT
    """,
    """
    CREATE TABLE redeemed_gifts (
        wallet_id TEXT NOT NULL,
        redemption TEXT NOT NULL,
        line INTEGER NOT NULL,
        gift TEXT NOT NULL,
        code TEXT NOT NULL,
        name TEXT NOT NULL,
        spec TEXT NOT NULL,
        unit TEXT NOT NULL,
        points_cents INTEGER NOT NULL,
        quantity INTEGER NOT NULL,
        stock_before INTEGER NOT NULL,
        stock_after INTEGER NOT NULL,
        CONSTRAINT pk_redeemed_gifts PRIMARY KEY (wallet_id, redemption, line)
    ) STRICT
    """,
    """
    CREATE TABLE redemptions (
        wallet_id TEXT NOT NULL,
        id TEXT NOT NULL,
        fact TEXT NOT NULL,
        number TEXT NOT NULL,
        stock TEXT NOT NULL,
        unit TEXT NOT NULL,
        quarter TEXT NOT NULL,
        redeemed_on TEXT NOT NULL,
        redeemed_at INTEGER NOT NULL,
        redeemed_by TEXT NOT NULL,
        points_cents INTEGER NOT NULL,
        before_cents INTEGER NOT NULL,
        checker TEXT,
        by_agent INTEGER NOT NULL,
        agent TEXT NOT NULL,
        relation TEXT NOT NULL,
        reversed_at INTEGER,
        reversed_by TEXT,
        reason TEXT NOT NULL,
        copies INTEGER NOT NULL,
        reprinted_on TEXT,
        CONSTRAINT pk_redemptions PRIMARY KEY (wallet_id, id)
    ) STRICT
    """,
    """
    CREATE INDEX ix_redemptions_id ON redemptions (id)
    """,
    """
    CREATE INDEX ix_redemptions_number ON redemptions (number)
    """,
    """
    CREATE INDEX ix_redemptions_quarter_redeemed_at ON redemptions (quarter, redeemed_at)
    """,
    """
    CREATE INDEX ix_redemptions_redeemed_at ON redemptions (redeemed_at)
    """,
    """
    CREATE INDEX ix_redemptions_redeemed_on_redeemed_at ON redemptions (redeemed_on, redeemed_at)
    """,
    """
    CREATE TABLE search_rows (
        n INTEGER NOT NULL,
        object TEXT NOT NULL,
        title TEXT NOT NULL,
        latest TEXT,
        CONSTRAINT pk_search_rows PRIMARY KEY (n),
        CONSTRAINT uq_search_rows_object UNIQUE (object)
    ) STRICT
    """,
    """
    CREATE TABLE services (
        id TEXT NOT NULL,
        person TEXT NOT NULL,
        station TEXT NOT NULL,
        unit TEXT NOT NULL,
        "order" TEXT,
        team TEXT,
        activity TEXT NOT NULL,
        category TEXT NOT NULL,
        content TEXT NOT NULL,
        place TEXT NOT NULL,
        remark TEXT NOT NULL,
        started_at INTEGER NOT NULL,
        ended_at INTEGER NOT NULL,
        served_on TEXT NOT NULL,
        minutes INTEGER NOT NULL,
        photos TEXT NOT NULL,
        late INTEGER NOT NULL,
        state TEXT NOT NULL,
        recorded_at INTEGER NOT NULL,
        recorded_by TEXT NOT NULL,
        decided_at INTEGER,
        decided_by TEXT,
        counted_minutes INTEGER NOT NULL,
        points_cents INTEGER NOT NULL,
        reversed_at INTEGER,
        reversed_by TEXT,
        reason TEXT NOT NULL,
        CONSTRAINT pk_services PRIMARY KEY (id)
    ) STRICT
    """,
    """
    CREATE INDEX ix_services_decided ON services (state, recorded_at, id) WHERE state != 'waiting'
    """,
    """
    CREATE INDEX ix_services_order ON services ("order")
    """,
    """
    CREATE INDEX ix_services_person_started_at ON services (person, started_at)
    """,
    """
    CREATE INDEX ix_services_reversed ON services (id) WHERE state = 'reversed'
    """,
    """
    CREATE INDEX ix_services_waiting ON services (recorded_at) WHERE state = 'waiting'
    """,
    """
    CREATE TABLE staff (
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        role TEXT NOT NULL,
        person TEXT,
        admitted_at INTEGER NOT NULL,
        dismissed_at INTEGER,
        CONSTRAINT pk_staff PRIMARY KEY (id)
    ) STRICT
    """,
    """
    CREATE TABLE star_objections (
        star_round_id TEXT NOT NULL,
        objection TEXT NOT NULL,
        person TEXT NOT NULL,
        words TEXT NOT NULL,
        raised_by TEXT NOT NULL,
        raised_at INTEGER NOT NULL,
        upheld INTEGER,
        answer TEXT NOT NULL,
        answered_at INTEGER,
        CONSTRAINT pk_star_objections PRIMARY KEY (star_round_id, objection)
    ) STRICT
    """,
    """
    CREATE TABLE star_proposals (
        star_round_id TEXT NOT NULL,
        person TEXT NOT NULL,
        level INTEGER NOT NULL,
        minutes INTEGER NOT NULL,
        dropped INTEGER NOT NULL,
        reason TEXT NOT NULL,
        awarded_on TEXT,
        award TEXT,
        number TEXT,
        revoked_on TEXT,
        CONSTRAINT pk_star_proposals PRIMARY KEY (star_round_id, person)
    ) STRICT
    """,
    """
    CREATE INDEX ix_star_proposals_person ON star_proposals (person)
    """,
    """
    CREATE TABLE star_rounds (
        id TEXT NOT NULL,
        stage TEXT NOT NULL,
        cut_off TEXT NOT NULL,
        hours TEXT NOT NULL,
        notice_working_days INTEGER NOT NULL,
        opened_at INTEGER NOT NULL,
        opened_by TEXT NOT NULL,
        first_day TEXT,
        last_day TEXT,
        closed_on TEXT,
        closed_by TEXT,
        CONSTRAINT pk_star_rounds PRIMARY KEY (id)
    ) STRICT
    """,
    """
    CREATE INDEX ix_star_rounds_open ON star_rounds (id) WHERE stage IN ('review', 'notice')
    """,
    """
    CREATE TABLE stations (
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        region TEXT NOT NULL,
        level TEXT NOT NULL,
        founded_at INTEGER NOT NULL,
        renamed_at INTEGER,
        incarnation INTEGER NOT NULL,
        clock_confirmed_on TEXT,
        doubt_from TEXT,
        doubt_until TEXT,
        CONSTRAINT pk_stations PRIMARY KEY (id)
    ) STRICT
    """,
    """
    CREATE TABLE stock_moves (
        fact TEXT NOT NULL,
        line INTEGER NOT NULL,
        stock TEXT NOT NULL,
        gift TEXT NOT NULL,
        batch TEXT NOT NULL,
        kind TEXT NOT NULL,
        quantity INTEGER NOT NULL,
        source TEXT NOT NULL,
        at INTEGER NOT NULL,
        "by" TEXT NOT NULL,
        CONSTRAINT pk_stock_moves PRIMARY KEY (fact, line)
    ) STRICT
    """,
    """
    CREATE INDEX ix_stock_moves_stock_gift_at ON stock_moves (stock, gift, at)
    """,
    """
    CREATE TABLE stocks (
        id TEXT NOT NULL,
        holder TEXT NOT NULL,
        term INTEGER NOT NULL,
        unit TEXT NOT NULL,
        opened_at INTEGER NOT NULL,
        CONSTRAINT pk_stocks PRIMARY KEY (id)
    ) STRICT
    """,
    """
    CREATE TABLE team_members (
        team_id TEXT NOT NULL,
        person TEXT NOT NULL,
        joined_at INTEGER NOT NULL,
        left_at INTEGER,
        CONSTRAINT pk_team_members PRIMARY KEY (team_id, person)
    ) STRICT
    """,
    """
    CREATE INDEX ix_team_members_now ON team_members (team_id, person) WHERE left_at IS NULL
    """,
    """
    CREATE INDEX ix_team_members_person ON team_members (person)
    """,
    """
    CREATE TABLE teams (
        id TEXT NOT NULL,
        name TEXT NOT NULL,
        sort_key TEXT NOT NULL,
        level TEXT NOT NULL,
        parent TEXT,
        region TEXT NOT NULL,
        regions TEXT NOT NULL,
        categories TEXT NOT NULL,
        qualifications TEXT NOT NULL,
        phone TEXT NOT NULL,
        leader TEXT,
        founded_at INTEGER NOT NULL,
        closed_at INTEGER,
        closed_reason TEXT,
        CONSTRAINT pk_teams PRIMARY KEY (id)
    ) STRICT
    """,
    """
    CREATE INDEX ix_teams_parent ON teams (parent)
    """,
    """
    CREATE TABLE unspent_points (
        person TEXT NOT NULL,
        month TEXT NOT NULL,
        at INTEGER NOT NULL,
        points_cents INTEGER NOT NULL,
        oldest INTEGER NOT NULL,
        CONSTRAINT pk_unspent_points PRIMARY KEY (person, month)
    ) STRICT
    """,
    """
    CREATE INDEX ix_unspent_points_at_oldest_points_cents ON unspent_points (at, oldest, points_cents)
    """,
    """
    CREATE TABLE wallets (
        id TEXT NOT NULL,
        holder TEXT NOT NULL,
        term INTEGER NOT NULL,
        unit TEXT NOT NULL,
        opened_at INTEGER NOT NULL,
        CONSTRAINT pk_wallets PRIMARY KEY (id)
    ) STRICT
    """,
    """
    CREATE TABLE write_offs (
        stock_id TEXT NOT NULL,
        id TEXT NOT NULL,
        batch TEXT NOT NULL,
        gift TEXT NOT NULL,
        quantity INTEGER NOT NULL,
        cause TEXT NOT NULL,
        reason TEXT NOT NULL,
        CONSTRAINT pk_write_offs PRIMARY KEY (stock_id, id)
    ) STRICT
    """,
    """
    CREATE TRIGGER audit_kept BEFORE DELETE ON audit WHEN old.at > (SELECT max(at) FROM audit) - 15897600000
            BEGIN SELECT RAISE(ABORT, 'the audit is kept 184 days'); END
    """,
    """
    CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is never
            changed'); END
    """,
    """
    CREATE VIRTUAL TABLE search USING fts5(tokens, content='', contentless_delete=1, tokenize='ascii',
            prefix='1 2 3 4', detail=column)
    """,
)


def upgrade() -> None:
    connection = op.get_bind()
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement)
