-- Who wrote a draft last, and when: for whoever writes it at the same time.
ALTER TABLE "certificate_type" ADD COLUMN "changed_at" TIMESTAMPTZ(3), ADD COLUMN "changed_by_name" TEXT;
