<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling|Temporal" labelsEnabled="1">
<temporal enabled="1" mode="4" limitMode="1" startField="end_date" endField="end_date" startExpression="to_datetime(end_date)" endExpression="coalesce(to_datetime(end_date), make_datetime(9999, 12, 31, 0, 0, 0))" durationUnit="d"/>
<renderer-v2 type="categorizedSymbol" attr="CASE WHEN modality &lt;&gt; 'denied' AND geo_precision &lt;= 5 THEN kind END">
<categories>
<category label="Attack or clash" symbol="0" render="true">
<val value="clash"/>
<val value="assault"/>
</category>
<category label="Place taken" symbol="1" render="true">
<val value="captured"/>
<val value="recaptured"/>
</category>
<category label="Surrender" value="surrendered" symbol="2" render="true"/>
<category label="Post seized" value="facility_seized" symbol="3" render="true"/>
</categories>
<symbols>
<symbol type="marker" name="0" clip_to_extent="1">
<layer class="SimpleMarker" enabled="1">
<Option type="Map">
<Option type="QString" name="name" value="circle"/>
<Option type="QString" name="color" value="29,27,24,255"/>
<Option type="QString" name="outline_color" value="255,255,255,255"/>
<Option type="QString" name="outline_width" value="0.529"/>
<Option type="QString" name="size" value="5.821"/>
</Option>
<data_defined_properties>
<Option type="Map">
<Option type="Map" name="properties">
<Option type="Map" name="fillColor">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(modality = 'claimed' OR geo_precision &gt;= 4 OR place_kind = 'province', '#FFFFFF', '#1D1B18')"/>
<Option type="int" name="type" value="3"/>
</Option>
<Option type="Map" name="outlineColor">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(modality = 'claimed' OR geo_precision &gt;= 4 OR place_kind = 'province', '#1D1B18', '#FFFFFF')"/>
<Option type="int" name="type" value="3"/>
</Option>
<Option type="Map" name="outlineStyle">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(geo_precision &gt;= 4 OR place_kind = 'province', 'dash', 'solid')"/>
<Option type="int" name="type" value="3"/>
</Option>
</Option>
</Option>
</data_defined_properties>
</layer>
<layer class="SvgMarker" enabled="1">
<Option type="Map">
<Option type="QString" name="name" value="base64:PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSIxNiIgaGVpZ2h0PSIxNiIgdmlld0JveD0iLTggLTggMTYgMTYiPjxwYXRoIGZpbGw9InBhcmFtKGZpbGwpIiBmaWxsLXJ1bGU9ImV2ZW5vZGQiIGQ9Ik0wLTcuMkwxLjUtMy40TDUuMS01LjFMMy40LTEuNUw3LjIgMEwzLjQgMS41TDUuMSA1LjFMMS41IDMuNEwwIDcuMkwtMS41IDMuNEwtNS4xIDUuMUwtMy40IDEuNUwtNy4yIDBMLTMuNC0xLjVMLTUuMS01LjFMLTEuNS0zLjRaIi8+PC9zdmc+"/>
<Option type="QString" name="color" value="255,255,255,255"/>
<Option type="QString" name="outline_width" value="0"/>
<Option type="QString" name="size" value="4.233"/>
</Option>
<data_defined_properties>
<Option type="Map">
<Option type="Map" name="properties">
<Option type="Map" name="fillColor">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(modality = 'claimed' OR geo_precision &gt;= 4 OR place_kind = 'province', '#1D1B18', '#FFFFFF')"/>
<Option type="int" name="type" value="3"/>
</Option>
</Option>
</Option>
</data_defined_properties>
</layer>
</symbol>
<symbol type="marker" name="1" clip_to_extent="1">
<layer class="SimpleMarker" enabled="1">
<Option type="Map">
<Option type="QString" name="name" value="circle"/>
<Option type="QString" name="color" value="29,27,24,255"/>
<Option type="QString" name="outline_color" value="255,255,255,255"/>
<Option type="QString" name="outline_width" value="0.529"/>
<Option type="QString" name="size" value="5.821"/>
</Option>
<data_defined_properties>
<Option type="Map">
<Option type="Map" name="properties">
<Option type="Map" name="fillColor">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(modality = 'claimed' OR geo_precision &gt;= 4 OR place_kind = 'province', '#FFFFFF', '#1D1B18')"/>
<Option type="int" name="type" value="3"/>
</Option>
<Option type="Map" name="outlineColor">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(modality = 'claimed' OR geo_precision &gt;= 4 OR place_kind = 'province', '#1D1B18', '#FFFFFF')"/>
<Option type="int" name="type" value="3"/>
</Option>
<Option type="Map" name="outlineStyle">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(geo_precision &gt;= 4 OR place_kind = 'province', 'dash', 'solid')"/>
<Option type="int" name="type" value="3"/>
</Option>
</Option>
</Option>
</data_defined_properties>
</layer>
<layer class="SvgMarker" enabled="1">
<Option type="Map">
<Option type="QString" name="name" value="base64:PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSIxNiIgaGVpZ2h0PSIxNiIgdmlld0JveD0iLTggLTggMTYgMTYiPjxwYXRoIGZpbGw9InBhcmFtKGZpbGwpIiBmaWxsLXJ1bGU9ImV2ZW5vZGQiIGQ9Ik0tNC4yLTYuOEgtMi43VjYuOEgtNC4yWk0tMi43LTYuM0g2TDMuNy0zLjFMNiAuMUgtMi43WiIvPjwvc3ZnPg=="/>
<Option type="QString" name="color" value="255,255,255,255"/>
<Option type="QString" name="outline_width" value="0"/>
<Option type="QString" name="size" value="4.233"/>
</Option>
<data_defined_properties>
<Option type="Map">
<Option type="Map" name="properties">
<Option type="Map" name="fillColor">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(modality = 'claimed' OR geo_precision &gt;= 4 OR place_kind = 'province', '#1D1B18', '#FFFFFF')"/>
<Option type="int" name="type" value="3"/>
</Option>
</Option>
</Option>
</data_defined_properties>
</layer>
</symbol>
<symbol type="marker" name="2" clip_to_extent="1">
<layer class="SimpleMarker" enabled="1">
<Option type="Map">
<Option type="QString" name="name" value="circle"/>
<Option type="QString" name="color" value="29,27,24,255"/>
<Option type="QString" name="outline_color" value="255,255,255,255"/>
<Option type="QString" name="outline_width" value="0.529"/>
<Option type="QString" name="size" value="5.821"/>
</Option>
<data_defined_properties>
<Option type="Map">
<Option type="Map" name="properties">
<Option type="Map" name="fillColor">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(modality = 'claimed' OR geo_precision &gt;= 4 OR place_kind = 'province', '#FFFFFF', '#1D1B18')"/>
<Option type="int" name="type" value="3"/>
</Option>
<Option type="Map" name="outlineColor">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(modality = 'claimed' OR geo_precision &gt;= 4 OR place_kind = 'province', '#1D1B18', '#FFFFFF')"/>
<Option type="int" name="type" value="3"/>
</Option>
<Option type="Map" name="outlineStyle">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(geo_precision &gt;= 4 OR place_kind = 'province', 'dash', 'solid')"/>
<Option type="int" name="type" value="3"/>
</Option>
</Option>
</Option>
</data_defined_properties>
</layer>
<layer class="SvgMarker" enabled="1">
<Option type="Map">
<Option type="QString" name="name" value="base64:PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSIxNiIgaGVpZ2h0PSIxNiIgdmlld0JveD0iLTggLTggMTYgMTYiPjxwYXRoIGZpbGw9InBhcmFtKGZpbGwpIiBmaWxsLXJ1bGU9ImV2ZW5vZGQiIGQ9Ik0tNC4yLTYuOEgtMi43VjYuOEgtNC4yWk0tMi43LTYuM0g2LjJMMy45LTMuMUw2LjIgLjFILTIuN1pNLTEuNS01LjFWLTEuMUgzLjlMMi41LTMuMUwzLjktNS4xWiIvPjwvc3ZnPg=="/>
<Option type="QString" name="color" value="255,255,255,255"/>
<Option type="QString" name="outline_width" value="0"/>
<Option type="QString" name="size" value="4.233"/>
</Option>
<data_defined_properties>
<Option type="Map">
<Option type="Map" name="properties">
<Option type="Map" name="fillColor">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(modality = 'claimed' OR geo_precision &gt;= 4 OR place_kind = 'province', '#1D1B18', '#FFFFFF')"/>
<Option type="int" name="type" value="3"/>
</Option>
</Option>
</Option>
</data_defined_properties>
</layer>
</symbol>
<symbol type="marker" name="3" clip_to_extent="1">
<layer class="SimpleMarker" enabled="1">
<Option type="Map">
<Option type="QString" name="name" value="circle"/>
<Option type="QString" name="color" value="29,27,24,255"/>
<Option type="QString" name="outline_color" value="255,255,255,255"/>
<Option type="QString" name="outline_width" value="0.529"/>
<Option type="QString" name="size" value="5.821"/>
</Option>
<data_defined_properties>
<Option type="Map">
<Option type="Map" name="properties">
<Option type="Map" name="fillColor">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(modality = 'claimed' OR geo_precision &gt;= 4 OR place_kind = 'province', '#FFFFFF', '#1D1B18')"/>
<Option type="int" name="type" value="3"/>
</Option>
<Option type="Map" name="outlineColor">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(modality = 'claimed' OR geo_precision &gt;= 4 OR place_kind = 'province', '#1D1B18', '#FFFFFF')"/>
<Option type="int" name="type" value="3"/>
</Option>
<Option type="Map" name="outlineStyle">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(geo_precision &gt;= 4 OR place_kind = 'province', 'dash', 'solid')"/>
<Option type="int" name="type" value="3"/>
</Option>
</Option>
</Option>
</data_defined_properties>
</layer>
<layer class="SvgMarker" enabled="1">
<Option type="Map">
<Option type="QString" name="name" value="base64:PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciIHdpZHRoPSIxNiIgaGVpZ2h0PSIxNiIgdmlld0JveD0iLTggLTggMTYgMTYiPjxwYXRoIGZpbGw9InBhcmFtKGZpbGwpIiBmaWxsLXJ1bGU9ImV2ZW5vZGQiIGQ9Ik0tNi40IDYuMlY0LjZILTUuNFYtMS44SC02LjJWLTMuMkwwLTYuOEw2LjItMy4yVi0xLjhINS40VjQuNkg2LjRWNi4yWk0tMy42LTEuNlY0LjZILTIuMlYtMS42Wk0tLjctMS42VjQuNkguN1YtMS42Wk0yLjItMS42VjQuNkgzLjZWLTEuNloiLz48L3N2Zz4="/>
<Option type="QString" name="color" value="255,255,255,255"/>
<Option type="QString" name="outline_width" value="0"/>
<Option type="QString" name="size" value="4.233"/>
</Option>
<data_defined_properties>
<Option type="Map">
<Option type="Map" name="properties">
<Option type="Map" name="fillColor">
<Option type="bool" name="active" value="true"/>
<Option type="QString" name="expression" value="if(modality = 'claimed' OR geo_precision &gt;= 4 OR place_kind = 'province', '#1D1B18', '#FFFFFF')"/>
<Option type="int" name="type" value="3"/>
</Option>
</Option>
</Option>
</data_defined_properties>
</layer>
</symbol>
</symbols>
</renderer-v2>
<labeling type="simple">
<settings>
<text-style fieldName="if($id = minimum($id, concat(place_id, end_date), modality &lt;&gt; 'denied' AND geo_precision &lt;= 5), place, NULL)" isExpression="1" fontSize="8.5" fontSizeUnit="Point" fontWeight="63" textColor="29,27,24,255" textOpacity="1">
<text-buffer bufferDraw="1" bufferSize="0.397" bufferSizeUnits="MM" bufferColor="247,245,240,255" bufferOpacity="0.86" bufferJoinStyle="128" bufferNoFill="1"/>
</text-style>
<placement placement="6" predefinedPositionOrder="R,L,TR,BR,TL,BL,TSR,BSR" offsetType="1" dist="0.529" distUnits="MM" priority="8"/>
<rendering drawLabels="1" obstacle="1"/>
</settings>
</labeling>
</qgis>
