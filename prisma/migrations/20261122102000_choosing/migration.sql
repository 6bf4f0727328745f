-- Which certificates a large re-issue means is found by the workers, part by part, in a state that the program before leaves alone.
alter table reissue add column chosen_to uuid;
