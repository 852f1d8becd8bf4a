/* media_look.c - how a folder of pictures would be understood, before a case has it. */
#include "config.h"

#include "app/media_job.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "import/image.h"

enum { ROOM = 1 << 30 };

static void
say_claims(const struct image_file *file, struct media_note *out, size_t *used)
{
	*used += (size_t)snprintf(out->text, sizeof(out->text), "%s", file->claim_count == 0 ?
				  "its name tells no id" : "");
	for (size_t i = 0; i < file->claim_count && *used < sizeof(out->text); i++) {
		const struct image_claim *c = &file->claims[i];
		struct claque_str id = str_head(c->id, 40);

		*used += (size_t)snprintf(out->text + *used, sizeof(out->text) - *used,
			"%s%s%s " STR_FMT "%s" STR_FMT, i == 0 ? "" : file->guessed ? ", else " : ", ",
			c->of_post && c->role == IMAGE_AVATAR ? "author of " : "",
			c->of_post ? "post" : "account", STR_ARG(c->platform),
			c->platform.len > 0 ? " " : "", STR_ARG(id));
	}
	if (file->claim_count > 0 && *used < sizeof(out->text))
		*used += (size_t)snprintf(out->text + *used, sizeof(out->text) - *used, " by %s",
					  file->claims[0].by);
}

static enum claque_rc
look_at_one(struct image_reader *reader, int fd, const struct image_file *file,
	    const struct claque_progress *progress, struct media_note *out, struct claque_err *err)
{
	char reason[IMAGE_REASON] = "", hex[IMAGE_SMALL_DIGITS + 1];
	struct image_hashes hashes;
	size_t used = 0;
	enum claque_rc rc;

	out->path = file->path;
	say_claims(file, out, &used);
	rc = image_read(reader, fd, file->path, progress, &hashes, reason, err);
	if (used < sizeof(out->text) && rc == CLAQUE_OK) {
		image_small_hex(&hashes, hex);
		(void)snprintf(out->text + used, sizeof(out->text) - used,
			       "; %d x %d, quality %d, pHash %s", hashes.width, hashes.height,
			       hashes.quality, hex);
	} else if (used < sizeof(out->text)) {
		(void)snprintf(out->text + used, sizeof(out->text) - used, "; refused: %s", reason);
	}
	return rc == CLAQUE_EINPUT ? CLAQUE_OK : rc;
}

enum claque_rc
media_look(const char *folder, const struct claque_progress *progress,
	   void (*report)(const struct media_look *look), struct claque_err *err)
{
	struct arena whole = arena_new(ROOM), perm = whole;
	struct media_look *look = ARENA_NEW(&perm, struct media_look, 1);
	struct image_reader *reader = NULL;
	struct image_folder f;
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum claque_rc rc = image_folder_read(folder, &perm, &f, err);

	if (rc == CLAQUE_OK)
		rc = image_reader_new(&reader, err);
	*look = (struct media_look){ .folder = folder, .pictures = f.count, .others = f.others,
				     .absent = f.absent };
	for (size_t i = 0; i < f.count && i < MEDIA_SHOWN && rc == CLAQUE_OK; i++)
		rc = look_at_one(reader, fd, &f.files[i], progress,
				 &look->notes[look->note_count++], err);
	if (rc == CLAQUE_OK)
		report(look);
	image_reader_free(reader);
	if (fd >= 0)
		(void)close(fd);
	arena_free(whole);
	return rc;
}
