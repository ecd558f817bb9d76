"""What to notice in What does it look at?"""

from app.guide.claims import Claim, always
from app.lessons.look_at import claim_checks as checks
from app.lessons.look_at import sentences as say
from app.lessons.look_at.situation import AttributionSituation

CLAIMS: tuple[Claim[AttributionSituation], ...] = (
    Claim(key="class", applies=always, sentence=say.explained, check=checks.is_rank),
    Claim(
        key="logit",
        applies=say.can_compare,
        sentence=say.logit,
        check=lambda on: checks.is_logit_difference(
            on, say.compared_class(on), say.logit_difference(on)
        ),
    ),
    Claim(
        key="cells",
        applies=lambda on: on.last_maps is not None,
        sentence=say.cells,
        check=checks.is_grid_of_last_maps,
    ),
    Claim(
        key="no_maps",
        applies=lambda on: on.last_maps is None,
        sentence=say.no_maps,
        check=checks.has_no_maps,
    ),
    Claim(
        key="dark",
        applies=say.is_dark,
        sentence=lambda on: (
            f"Grad-CAM for {on.name} is **0 everywhere**: the weighted sum of the maps is not "
            f"positive in any cell."
        ),
        check=checks.is_nowhere_positive,
    ),
    Claim(
        key="positions",
        applies=always,
        sentence=say.positions,
        check=lambda on: checks.is_positions(on, say.position_counts(on)),
    ),
    Claim(
        key="falls",
        applies=lambda on: on.largest_fall is not None,
        sentence=say.falls,
        check=lambda on: on.largest_fall is not None and checks.is_mean_drop(on, on.largest_fall),
    ),
    Claim(
        key="cover",
        applies=say.has_covered,
        sentence=say.cover,
        check=checks.is_covered_probability,
    ),
    Claim(
        key="rises",
        applies=say.has_rise,
        sentence=say.rises,
        check=lambda on: checks.is_mean_drop(on, say.place_of_largest_rise(on)),
    ),
    Claim(
        key="half",
        applies=say.has_saliency,
        sentence=say.half,
        check=lambda on: checks.is_half_of_gradient(on, say.pixels_of_half(on)),
    ),
    Claim(
        key="different",
        applies=lambda on: on.correlations is not None,
        sentence=say.different_questions,
        check=checks.is_rank_correlation,
    ),
    Claim(
        key="randomized",
        applies=lambda on: on.correlations is not None,
        sentence=say.randomized,
        check=lambda on: checks.is_most_similar(on, say.most_similar_method(on)),
    ),
    Claim(
        key="same_for_all",
        applies=lambda on: not on.pools,
        sentence=lambda on: (
            f"This network has no max pooling. So Deconvnet for {on.name} gives **the same map "
            f"for every picture**."
        ),
        check=checks.is_same_for_another_picture,
    ),
    Claim(
        key="switches",
        applies=lambda on: bool(on.pools),
        sentence=say.switches,
        check=checks.depends_on_maxima_only,
    ),
)
