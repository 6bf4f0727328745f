-- Lists are numbered by whoever opens the next one: two that do so at once pick the same number, and one gives way.
ALTER TABLE "status_list" ALTER COLUMN "id" DROP DEFAULT;
DROP SEQUENCE "status_list_id_seq";
